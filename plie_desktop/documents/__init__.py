"""Papers: from what the domain says to the bytes of a PDF, and from those bytes to pictures.

The only room that knows ReportLab and PDFium. Services come in; nothing is read from the vault
here and nothing is written to disk. The same paper gives the same bytes. A person's words are
never parsed as markup: they are tidied, broken into lines and drawn letter by letter.
"""
