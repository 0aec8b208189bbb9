"""Damaged and made-up pages through the readers: whatever the bytes, a report or a reason, soon and in little memory."""
