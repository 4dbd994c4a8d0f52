"""What people do: one public method for each thing, one transaction for each write.

Services carry data between the rooms below (store, sync, documents, security, imports), which do
not know each other; they decide who may do what and give back frozen objects. A write says what
it changed. The window, the command line and the demonstration come in; a service imports no
toolkit, no SQL, no HTTP client and no PDF library.
"""
