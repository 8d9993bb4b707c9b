import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from ridewatch.sources.errors import SourceError, UnknownSourceError, UnsoundSourceError
from ridewatch.sources.load import load

YELLOW = {
    "VendorID": [2, 1],
    "tpep_pickup_datetime": ["2019-03-02 10:00:00", "2019-03-01 08:30:05"],
    "tpep_dropoff_datetime": ["2019-03-02 10:09:00", "2019-03-01 08:31:35"],
    "passenger_count": [2, None],
    "trip_distance": [4.5, 0.0],
    "PULocationID": [10, 20],
    "DOLocationID": [50, 60],
    "payment_type": [1, None],
    "store_and_fwd_flag": ["N", None],
}


def as_table(**changes):
    """Make a table of YELLOW with columns changed, or left out by None."""
    columns = {name: values for name, values in (YELLOW | changes).items() if values is not None}
    table = pa.table(columns)
    for name in columns:
        if name.endswith("datetime") and pa.types.is_string(table[name].type):
            times = table[name].cast(pa.timestamp("us"))
            table = table.set_column(table.column_names.index(name), name, times)
    return table


@pytest.fixture
def parquet(tmp_path):
    """Write such a table as a file and give its name."""

    def write(name="rides.parquet", **changes):
        pq.write_table(as_table(**changes), tmp_path / name)
        return str(tmp_path / name)

    return write


def check_both_rides(rides):
    """In pickup order, so the second of YELLOW comes first."""
    assert rides.pickup_zone.tolist() == [20, 10]
    assert rides.dropoff_zone.tolist() == [60, 50]
    assert rides.distance.tolist() == [0.0, 4.5]
    assert rides.duration_minutes.tolist() == [1.5, 9.0]
    assert rides.pickup_time[0] == np.datetime64("2019-03-01T08:30:05")
    assert np.isnan(rides.passengers[0])
    assert rides.passengers[1] == 2
    assert rides.payment_type.tolist() == [-1, 1]


class TestFiles:
    """TLC files of all years and both colours."""

    def test_yellow_parquet(self, parquet):
        """As the TLC publishes it."""
        check_both_rides(load(parquet()))

    def test_green_parquet(self, parquet):
        """The same with lpep times."""
        times = {f"lpep_{end}_datetime": YELLOW[f"tpep_{end}_datetime"] for end in ("pickup", "dropoff")}
        check_both_rides(load(parquet(tpep_pickup_datetime=None, tpep_dropoff_datetime=None, **times)))

    def test_csv(self, tmp_path):
        """Empty cells are missing values."""
        pyarrow.csv.write_csv(as_table(), tmp_path / "rides.csv")
        check_both_rides(load(str(tmp_path / "rides.csv")))

    def test_csv_as_the_open_data_portal_exports_it(self, tmp_path):
        """American times, other capitals, no labels."""
        (tmp_path / "rides.csv").write_text(
            "vendorid,tpep_pickup_datetime,tpep_dropoff_datetime,trip_distance,PULocationID,DOLocationID\n"
            "1,03/01/2019 08:30:05 PM,03/01/2019 08:31:35 PM,2.5,20,60\n"
        )
        rides = load(str(tmp_path / "rides.csv"))
        assert rides.pickup_time[0] == np.datetime64("2019-03-01T20:30:05")

    def test_columns_that_a_year_had_not_are_missing_values(self, parquet):
        """Labels are optional."""
        rides = load(parquet(VendorID=None, passenger_count=None, payment_type=None))
        assert rides.vendor.tolist() == [-1, -1]
        assert rides.payment_type.tolist() == [-1, -1]
        assert np.isnan(rides.passengers).all()

    def test_times_with_a_zone_become_new_yorks_wall_clock(self, parquet):
        """All times of a table mean the same."""
        pickups = pa.array(YELLOW["tpep_pickup_datetime"]).cast(pa.timestamp("us")).cast(pa.timestamp("us", tz="UTC"))
        rides = load(parquet(tpep_pickup_datetime=pickups))
        assert rides.pickup_time[0] == np.datetime64("2019-03-01T03:30:05")

    def test_nanoseconds_as_pandas_writes_them(self, parquet):
        """Any unit will do."""
        pickups = pa.array(YELLOW["tpep_pickup_datetime"]).cast(pa.timestamp("ns"))
        assert load(parquet(tpep_pickup_datetime=pickups)).pickup_time.dtype == "datetime64[us]"

    def test_dirt_is_kept(self, parquet):
        """Judging is the business of the API and of training."""
        rides = load(parquet(PULocationID=[999, None], trip_distance=[-3.0, None], passenger_count=[0, 250]))
        assert rides.pickup_zone.tolist() == [-1, 999]
        assert np.isnan(rides.distance[0])
        assert rides.distance[1] == -3
        assert rides.passengers.tolist() == [250, 0]

    def test_a_folder_is_all_its_files(self, tmp_path, parquet):
        """Rides of every file, whatever else lies there."""
        parquet("2019-01.parquet")
        pyarrow.csv.write_csv(as_table(), tmp_path / "2019-02.csv")
        (tmp_path / "README.md").write_text("about the rides")
        assert len(load(str(tmp_path))) == 4


class TestSampling:
    """How many rides, and which."""

    @pytest.fixture
    def source(self, parquet):
        """Write a thousand rides, a minute apart, latest first."""
        start = np.datetime64("2019-03-01", "us")
        times = start + np.arange(1000)[::-1] * np.timedelta64(60_000_000, "us")
        columns = {name: [values[0]] * 1000 for name, values in YELLOW.items()}
        ends = {"tpep_pickup_datetime": times, "tpep_dropoff_datetime": times + np.timedelta64(1, "m")}
        return parquet(**(columns | ends))

    def test_limit_is_a_uniform_sample_by_seed_in_pickup_order(self, source):
        """A month stays a month, thinner."""
        rides = load(source, limit=100, seed=3)
        hours = rides.pickup_time.astype("datetime64[h]")
        assert len(rides) == 100
        assert len(np.unique(hours)) > 12
        assert (np.diff(rides.pickup_time) > np.timedelta64(0)).all()
        assert (rides.pickup_time == load(source, limit=100, seed=3).pickup_time).all()
        assert (rides.pickup_time != load(source, limit=100, seed=4).pickup_time).any()

    def test_first_are_the_earliest(self, source):
        """The beginning of a replay, dense as it was."""
        rides = load(source, first=100)
        assert rides.pickup_time.max() == np.datetime64("2019-03-01T01:39")
        assert len(rides) == 100


class TestBadSources:
    """Every error names the problem and the remedy."""

    def test_no_such_file_tells_what_a_source_is(self):
        """A typing error is told from a broken file."""
        with pytest.raises(UnknownSourceError, match=r"no such file.*tlc:green/2021-01.*simulated"):
            load("nowhere/rides.parquet")

    def test_an_unknown_kind_of_file(self, tmp_path):
        """Nothing is guessed."""
        (tmp_path / "rides.xlsx").write_bytes(b"")
        with pytest.raises(UnknownSourceError, match=r"neither \.parquet nor \.csv"):
            load(str(tmp_path / "rides.xlsx"))

    def test_an_empty_folder(self, tmp_path):
        """No rides are an error, not an empty table."""
        with pytest.raises(UnknownSourceError, match=r"no \.parquet and no \.csv"):
            load(str(tmp_path))

    def test_missing_columns_are_named_with_those_that_are_there(self, parquet):
        """So that a person sees at once what file it is."""
        with pytest.raises(UnsoundSourceError, match=r"lacks pulocationid .*trip_distance.*2016-07"):
            load(parquet(PULocationID=None))

    def test_a_column_of_another_type_is_named(self, parquet):
        """The file, the column and what it should hold."""
        with pytest.raises(UnsoundSourceError, match="column trip_distance does not hold numbers"):
            load(parquet(trip_distance=["near", "far"]))

    @pytest.mark.parametrize("name", ["rides.parquet", "rides.csv"])
    @pytest.mark.parametrize("content", [b"", b"PAR1 and then nothing", b"a,b\n1\n2,3\n"])
    def test_a_broken_file(self, tmp_path, name, content):
        """No exception of the reader gets through."""
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnsoundSourceError, match=r"rides\.(parquet|csv)"):
            load(str(tmp_path / name))

    def test_a_bad_value_in_a_csv_file(self, tmp_path):
        """The reader says which."""
        (tmp_path / "rides.csv").write_text(
            "tpep_pickup_datetime,tpep_dropoff_datetime,trip_distance,PULocationID,DOLocationID\nsoon,2019-03-01,2.5,20,60\n"
        )
        with pytest.raises(UnsoundSourceError, match=r"rides\.csv.*soon"):
            load(str(tmp_path / "rides.csv"))

    @pytest.mark.parametrize("source", ["tlc:pink/2019-01", "tlc:yellow/2019-13", "tlc:green", "tlc:green/../2019-01"])
    def test_a_month_that_the_archive_cannot_have(self, source):
        """Nothing is asked of the network."""
        with pytest.raises(UnknownSourceError, match="write tlc:yellow/2019-03"):
            load(source)

    @pytest.mark.parametrize(
        ("source", "problem"),
        [
            ("simulated:flood", "no scenario 'flood'; there are baseline, lockdown"),
            ("simulated?begin=2019-03-01", "no parameter 'begin'; there are start, days, rows, from"),
            ("simulated?start=March", "start is a day such as 2019-03-01"),
            ("simulated?rows=-5", "rows is a whole number from 1"),
            ("simulated?rows=", "rows is a whole number from 1"),
            ("simulated?days=99999", "days is a whole number from 1 to 3,660"),
        ],
    )
    def test_an_order_that_the_simulator_does_not_understand(self, source, problem):
        """The words that would do are named."""
        with pytest.raises(SourceError, match=problem):
            load(source)
