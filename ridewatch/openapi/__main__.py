"""Print the document: `python -m ridewatch.openapi > openapi.json`."""

from ridewatch.openapi.document import as_text

if __name__ == "__main__":
    print(as_text(), end="")
