"""The command line: `ridewatch --help`. Thin: each command imports its body when it is called."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from contracts.reviews import State
from ridewatch.commands.durations import seconds
from ridewatch.commands.moments import FORMS, moment
from ridewatch.commands.outcome import EXIT_CODES
from ridewatch.commands.people import Said, whoami

app = typer.Typer(
    help=(
        "Serves a ride-duration model on AWS Lambda and watches it.\n\n"
        "Begin with `ridewatch demo`, or step by step: `up --detach`, `train --data simulated`, "
        "`replay --data simulated --limit 1000`, `report`, `open`, `down`.\n\n" + EXIT_CODES
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
)

SOURCE = "TLC Parquet or CSV file or folder, `tlc:green/2021-01`, or `simulated[:scenario]`."
Cloud = Literal["embedded", "localstack"]
Schedule = Literal["hourly", "daily"]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
Seed = Annotated[int, typer.Option(help="Seed of simulation and sampling: the same seed, the same rides.")]
Data = Annotated[str, typer.Option("--data", metavar="SOURCE", help=SOURCE)]
Named = Annotated[
    str | None,
    typer.Option("--stack", metavar="NAME", help="A stack in your AWS account and region instead of the running one."),
]
Why = Annotated[str | None, typer.Option(help="The reason, for whoever reads it later.")]
Who = Annotated[str, typer.Option(default_factory=whoami, show_default=False, help="Who says so; you, if not said.")]
Limit = Annotated[int | None, typer.Option(min=1, help="A uniform sample of so many rides of a SOURCE, by the seed.")]


@app.command()
def up(  # noqa: PLR0913 - one option, one argument
    *,
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Leave it running and return.")] = False,
    parameters: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of template.yaml.")
    ] = None,
    cloud: Annotated[Cloud, typer.Option(help="Whose AWS: one that is started here, or a LocalStack.")] = "embedded",
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="Where LocalStack answers; else $AWS_ENDPOINT_URL.")
    ] = None,
    functions_mongodb_uri: Annotated[
        str | None,
        typer.Option(metavar="URI", envvar="FUNCTIONS_MONGODB_URI", help="MongoDB as LocalStack's functions reach it."),
    ] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The built template for LocalStack, if not `make build`'s.")
    ] = None,
    name: Annotated[str, typer.Option(help="The stack's name on LocalStack.")] = "ridewatch",
) -> None:
    """Start a stack: AWS, MongoDB, the functions of template.yaml, the exporter. No account; embedded: no Docker.

    The embedded one starts empty every time, and is left as it is when it is up. On LocalStack what `make build` built
    is deployed by the SAM CLI; a stack that is up is updated and keeps its data. Files and logs are in `.ridewatch/`.
    MongoDB is `$MONGODB_URI` if set, else `mongod` from the PATH, else SecantusDB.

    Examples: `ridewatch up` (Ctrl-C ends it), `ridewatch up --detach --set MinRows=10`,
    `ridewatch up --cloud localstack --detach`
    """
    from ridewatch.commands import localstack, stack

    given = stack.pairs(parameters or [])
    if cloud == "embedded":
        stack.up(stack.embedded(given), detach=detach)
    else:
        stack.up(localstack.localstack(endpoint, name, template, given, functions_mongodb_uri), detach=detach)


@app.command()
def down() -> None:
    """End everything that `up` started, also after a crash.

    Example: `ridewatch down`
    """
    from ridewatch.commands import stack

    stack.down()


@app.command()
def status(*, as_json: Json = False) -> None:
    """Tell where the stack is reached and whether each part answers: 3 when it is not running, 1 when a part is silent.

    Example: `curl "$(ridewatch status --json | jq -r .api_url)/health"`
    """
    from ridewatch.commands import stack

    stack.status(as_json=as_json)


@app.command()
def train(  # noqa: PLR0913 - one option, one argument
    data: Annotated[list[str], typer.Option("--data", metavar="SOURCE", help=SOURCE + " Give it once or more.")],
    validate: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Judge on these rides instead of out-of-fold.")
    ] = None,
    limit: Limit = None,
    *,
    stack: Named = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Train a model, publish it and make it the champion.

    Examples: `ridewatch train --data simulated`,
    `ridewatch train --data 2019-01.parquet --data 2019-02.parquet --validate 2019-03.parquet`,
    `ridewatch train --stack ridewatch --data tlc:yellow/2019-01` (on AWS)
    """
    from ridewatch.commands import work

    work.train(stack, data, validate, limit=limit, seed=seed, as_json=as_json)


@app.command()
def replay(  # noqa: PLR0913 - one option, one argument
    data: Data,
    limit: Limit = None,
    rate: Annotated[
        float | None, typer.Option(min=0.1, help="Rides a second; as fast as it answers if not set.")
    ] = None,
    actuals_after: Annotated[
        float,
        typer.Option(parser=seconds, metavar="DURATION", help="Tell true durations so much later: 30s, 5m, 1h."),
    ] = 0,
    *,
    no_actuals: Annotated[bool, typer.Option("--no-actuals", help="Do not tell the true durations.")] = False,
    fault: Annotated[
        str | None, typer.Option(metavar="NAME", help="Plant one of ridewatch/faults/planted.toml from its day on.")
    ] = None,
    stack: Named = None,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Send rides through the HTTP API, then their true durations.

    Examples: `ridewatch replay --data simulated --limit 1000`, `ridewatch replay --data tlc:green/2021-01 --rate 20`,
    `ridewatch replay --data simulated --fault kilometres`
    """
    from ridewatch.commands import work

    delay = None if no_actuals else actuals_after
    work.replay(stack, work.Replay(data, limit, rate, delay, seed, fault), as_json=as_json)


@app.command()
def report(
    start: Annotated[datetime | None, typer.Option(help="Beginning of the window; New York time.")] = None,
    end: Annotated[datetime | None, typer.Option(help="End of the window, not included.")] = None,
    model: Annotated[str | None, typer.Option(help="Model version; the champion if not given.")] = None,
    *,
    stack: Named = None,
    as_json: Json = False,
) -> None:
    """Report a window: drift, data quality, performance. Without options the newest complete window with data.

    Examples: `ridewatch report`, `ridewatch report --start 2019-03-01 --end 2019-04-01`
    """
    from ridewatch.commands import work

    work.report(stack, start, end, model, as_json=as_json)


@app.command()
def export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; else standard output.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(help="Only windows that ended after this time; New York time.")
    ] = None,
    *,
    stack: Named = None,
) -> None:
    """Write all numbers of all reports as one table (CSV), oldest window first, for spreadsheets and BI tools.

    A number a row: window, model version, revision, segment, column, metric, value, interval, reference.

    Examples: `ridewatch export --output numbers.csv`, `ridewatch export --since 2019-03-01 | head`
    """
    from ridewatch.commands import work

    work.export(stack, output, since)


@app.command()
def compare(
    older: Annotated[str, typer.Argument(metavar="A", help="A model version, the older one.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="Another: the rides are those of its reference.")],
    *,
    stack: Named = None,
    as_json: Json = False,
) -> None:
    """Compare two model versions on the same rides: their answers, their errors, and what each goes by.

    Example: `ridewatch compare 20261124T014925-78c166 20261126T090000-1a2b3c`
    """
    from ridewatch.commands import work

    work.compare(stack, older, newer, as_json=as_json)


@app.command()
def backtest(  # noqa: PLR0913, PLR0917 - one option, one argument
    data: Annotated[
        list[str], typer.Option("--data", metavar="SOURCE", help=SOURCE + " Once or more: what is passed.")
    ],
    train: Annotated[list[str], typer.Option("--train", metavar="SOURCE", help="Rides to train on. Once or more.")],
    schedule: Annotated[Schedule, typer.Option(help="What is reported: each day, or each hour too.")] = "daily",
    label_delay: Annotated[
        str,
        typer.Option(
            metavar="DELAY",
            help="True durations are told so long after a ride: fixed:30m, uniform:1h-12h, exponential:2h (mean), "
            "lognormal:6h,1.0 (median, sigma).",
        ),
    ] = "exponential:1h",
    label_loss: Annotated[float, typer.Option(min=0, max=1, help="The share of rides of which they never are.")] = 0.0,
    fault: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Also pass the rides with this fault planted, or `all`.")
    ] = None,
    faults: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Faults of your own, as ridewatch/faults/planted.toml has them.")
    ] = None,
    false_pages: Annotated[
        float, typer.Option(min=0.01, help="The budget: pages a quarter where nothing is wrong, at most.")
    ] = 1.0,
    false_tickets: Annotated[
        float, typer.Option(min=0.01, help="The budget: tickets a month where nothing is wrong, at most.")
    ] = 1.0,
    limit: Limit = None,
    page: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write a page with a time line.")] = None,
    *,
    evidently: Annotated[bool, typer.Option("--evidently", help="Beside Evidently's preset: 2 s a day.")] = False,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Pass rides through the real code of the functions, without servers, and tell what would have been told, when.

    With faults planted: which monitor found which, how soon, and what fixed thresholds would have made of the same.

    Examples: `ridewatch backtest --train 2019-01.parquet --data 2019-03.parquet`,
    `ridewatch backtest --train simulated --data "simulated?start=2019-03-01&rows=10000" --fault all --page faults.html`
    """
    from ridewatch.commands import backtest as body

    plan = body.plan_of(schedule, label_delay, label_loss, (false_pages, false_tickets), seed=seed, defaults=evidently)
    body.backtest(body.Asked(data, train, fault or [], faults, limit), plan, body.Wanted(as_json, page))


@app.command()
def alerts(
    *,
    limit: Annotated[int, typer.Option(min=1, max=200, help="So many that are over, at most.")] = 20,
    stack: Named = None,
    as_json: Json = False,
) -> None:
    """List alerts: those that are open, pages first, then those that are over; silences; when the last test came back.

    Example: `ridewatch alerts --json | jq '.alerts[] | select(.state == "open")'`
    """
    from ridewatch.commands import alerts as body

    body.alerts(stack, limit, as_json=as_json)


@app.command()
def silence(  # noqa: PLR0913 - one option, one argument
    rule: Annotated[str | None, typer.Argument(help="The rule, as `ridewatch alerts` names it.")] = None,
    until: Annotated[
        datetime | None, typer.Option(parser=moment, metavar="TIME", help="ISO 8601; without a zone New York's.")
    ] = None,
    column: Annotated[str | None, typer.Option(help="Of this column, check or segment alone.")] = None,
    why: Why = None,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="End a silence now.")] = None,
    *,
    who: Who,
    stack: Named = None,
) -> None:
    """Keep a rule from opening alerts until a time. What still holds then opens; that an open one is over is told.

    Examples: `ridewatch silence column_moved --column distance --until 2026-12-01T08:00 --why "new meters"`,
    `ridewatch silence --undo ID`
    """
    from ridewatch.commands import alerts as body

    if undo:
        body.unsilence(stack, undo)
    else:
        body.silence(stack, rule, until, column, Said(why, who))


@app.command()
def accept(  # noqa: PLR0913 - one option, one argument
    what: Annotated[
        str | None,
        typer.Argument(metavar="WINDOW|REPORT_ID", help=f"A report, or, of the champion, {FORMS}; it has a report."),
    ] = None,
    column: Annotated[str | None, typer.Option(help="A column.")] = None,
    why: Why = None,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Take an acceptance back.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every column, and all of them together.")] = False,
    who: Who,
    stack: Named = None,
) -> None:
    """Call a window the new normal for a column, or for all: what is close to it opens no alert of drift.

    Examples: `ridewatch accept 2026-11-02/2026-11-09 --column dropoff_zone --why "the bridge is open"`,
    `ridewatch accept --undo ID`
    """
    from ridewatch.commands import accept as body

    if undo:
        body.unaccept(stack, undo, who)
    else:
        body.accept(stack, what, column, every=every, said=Said(why, who))


@app.command()
def review(  # noqa: PLR0913 - one option, one argument
    *,
    confirm: Annotated[list[str] | None, typer.Option(metavar="ID", help="This prediction is odd indeed.")] = None,
    dismiss: Annotated[list[str] | None, typer.Option(metavar="ID", help="Nothing is wrong with it.")] = None,
    why: Why = None,
    state: Annotated[State, typer.Option(help="What became of them.")] = "waiting",
    limit: Annotated[int, typer.Option(min=1, max=200, help="So many at most.")] = 50,
    before: Annotated[str | None, typer.Option(metavar="ID", help="Only those before this prediction.")] = None,
    who: Who,
    stack: Named = None,
    as_json: Json = False,
) -> None:
    """List flagged predictions that wait for a person, or decide some: `--confirm` or `--dismiss`, once or more.

    Examples: `ridewatch review`, `ridewatch review --confirm ID --dismiss ID --why "kilometres"`
    """
    from ridewatch.commands import review as body

    if confirm or dismiss:
        body.decide(stack, {"confirmed": confirm or [], "dismissed": dismiss or []}, why, who)
    else:
        body.listed(stack, state, limit, before, as_json=as_json)


@app.command()
def redrive(
    *,
    stack: Named = None,
    logs: Annotated[bool, typer.Option("--logs", help="Also what S3 refused too: events in predict's log.")] = False,
    as_json: Json = False,
) -> None:
    """Put back what could not be queued or stored: spilled events and the dead-letter queue. Repair the cause first.

    Example: `ridewatch redrive`
    """
    from ridewatch.commands import work

    work.redrive(stack, logs=logs, as_json=as_json)


@app.command(name="open")
def open_reports(
    *,
    stack: Named = None,
    only_print: Annotated[bool, typer.Option("--print", help="Print the link, open nothing.")] = False,
) -> None:
    """Open the report page in the browser by a signed link that is good for twelve hours.

    Example: `ridewatch open --print`
    """
    from ridewatch.commands.stack import open_page

    open_page(stack, only_print=only_print)


@app.command()
def snapshot(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.")] = Path("pictures"),
    *,
    stack: Named = None,
) -> None:
    """Draw the report page and Prometheus's own pages into PNG files. Needs a Chromium.

    Example: `ridewatch snapshot docs/images`
    """
    from ridewatch.commands.pictures import snapshot

    snapshot(stack, folder)


@app.command()
def demo() -> None:
    """Show the whole loop: start, train, replay, report; stays up until Ctrl-C.

    Example: `make demo`
    """
    from ridewatch.commands import work

    work.demo()
