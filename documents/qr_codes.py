"""QR codes, drawn here: an address on paper that a telephone opens."""

import io

import segno


def qr_svg(address: str) -> str:
    """The code as an SVG document, with the quiet zone that readers need; a quarter may be dirty."""
    drawn = io.BytesIO()
    code = segno.make(address, error="q", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgclass=None, lineclass=None)
    return drawn.getvalue().decode()
