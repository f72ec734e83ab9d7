"""Sheets as files that a spreadsheet reads: xlsx, ods and csv, and nothing that runs.

Writing only; ``wijkwijzer.uitwisseling`` reads what comes back.
"""
