"""Imports of tables that people bring: official register, ministry's map, lists of pairs.

`rows` holds what passes between the steps; `reading` makes rows of a file and understands their cells;
`matching` finds the places that a row may mean; `settling` decides what becomes of each row, and accepts or
reverts a batch.
"""
