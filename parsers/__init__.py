"""Bytes of one page in, one annual report out. Knows no portal, opens no connection, writes no log."""
