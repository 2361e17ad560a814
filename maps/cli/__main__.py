"""`python -m maps.cli`: the command where it is not installed."""

from maps.cli import main

if __name__ == "__main__":
    main()
