"""The desktop's services on the session and the system bus. Imported late: dbus-fast takes its time."""
