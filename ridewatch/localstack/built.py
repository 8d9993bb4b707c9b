"""What `sam build` built, whether it is as new as its sources, and what of it LocalStack can take."""

import json
from pathlib import Path

from ridewatch.embedded.errors import NotBuilt
from ridewatch.embedded.home import CHECKOUT

OF_THE_ALIAS = ("AutoPublishAlias", "VersionDescription", "DeploymentPreference")
TEMPLATE = CHECKOUT / ".aws-sam" / "build" / "template.yaml"


def template(given: Path | None = None) -> Path:
    """Give the built template. Raises NotBuilt."""
    path = (given or TEMPLATE).resolve()
    if not path.is_file():
        message = f"there is no {path}: build the functions with `make build`"
        raise NotBuilt(message)
    return path


def without_aliases(built: Path) -> Path:
    """Write a built template beside itself without aliases and their versions: LocalStack updates no alias."""
    from samtranslator.yaml_helper import yaml_parse

    document = yaml_parse(built.read_text())
    for resource in document["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            for of_the_alias in OF_THE_ALIAS:
                resource["Properties"].pop(of_the_alias, None)
    target = built.with_name("localstack.json")
    target.write_text(json.dumps(document, indent=1))
    return target


def changed_since(built: Path, checkout: Path = CHECKOUT) -> Path | None:
    """Name a source that is newer than what was built, if there is one."""
    then = built.stat().st_mtime
    sources = (checkout / "template.yaml", *(checkout / "functions").rglob("*.py"))
    return next((path.relative_to(checkout) for path in sources if path.stat().st_mtime > then), None)
