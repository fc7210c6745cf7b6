"""Exports of a selection of the register.

`columns` says what an exported row holds, and is the data dictionary; `records` reads a selection in
stretches; `spreadsheets` keeps text from being taken for a formula; `writers` write the four forms, with
`workbook` for the one that streams as a zip.
"""
