"""Makes the package of one function; what is in here ships with none.

__main__    one build, step by step
plan        what a room takes in and leaves out: its lock, its build.toml and the one in here
wheels      locked wheels for the runtime, unpacked as far as they are wanted
elf         shared libraries without what only linkers and debuggers read
bytecode    .py to .pyc by the runtime's own Python
archives    packages of many small files, zipped
settled     one mode and one time for every file, so that two builds are the same
sizes       how large the packages are
"""
