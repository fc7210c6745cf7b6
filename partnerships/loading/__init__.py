"""Loads the register's shipped tables as statements of their sources.

`tables` reads rows, `ukrainian` and `foreign` find the places that a row means, `claims` says what the row
states, `register_titles` holds a register row against its own title, `curated` reads the records checked by
hand, `judging` decides, `pairs` knows the records by their places, `life_line` and `writing` write,
`revising` takes back what a changed row no longer says, `report` tells what happened, `run` is all of it from
beginning to end. Imports of other files (`partnerships.importing`) write with the same `pairs` and `writing`.
`building` makes the shipped tables from gathered ones (developers only).
"""
