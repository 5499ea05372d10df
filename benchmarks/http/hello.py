"""The least that a Python web application can do, for comparison."""

BODY = b"hello\n"


def application(_environ, start_response):
	start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))])
	return [BODY]
