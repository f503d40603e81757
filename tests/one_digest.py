"""Two paths whose SHA-256 begin with the same 48 bits: found among sixty million, they make one id of two pages."""

ONE_DIGEST = ("/story/20579350", "/story/44681527")
