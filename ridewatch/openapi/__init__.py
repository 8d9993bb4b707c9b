"""`openapi.json`, generated from the contracts and a table of routes.

routes     what is asked where, and what may come back
document   the OpenAPI document of them
schemas    the JSON schemas of the contracts, the TLC's names among them
"""
