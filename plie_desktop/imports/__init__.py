"""Files of intakes, read and understood cell by cell: CSV, zipped or not, XLSX. Services come in.

Nothing is decided here about the base: what a line becomes, and whether it is taken, is the
import service's. `openpyxl` is known in this room only.
"""
