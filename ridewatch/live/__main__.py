"""`python -m ridewatch.live` writes what Prometheus and Grafana are given."""

from ridewatch.embedded.home import CHECKOUT
from ridewatch.live.written import files


def main() -> None:
    """Write every generated file into the checkout."""
    for path, text in files().items():
        target = CHECKOUT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)


if __name__ == "__main__":
    main()
