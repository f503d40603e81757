"""An exchange with a server, as the fetcher would hand it to the archive."""

from datetime import UTC, datetime, timedelta

from pipeline.exchanges import Exchange, Headers

AT = datetime(2026, 3, 20, 7, 15, 0, 123456, tzinfo=UTC)
HTML = b"<html><body><p>SCOTT SIMON, HOST: Good morning.</p></body></html>"


def exchange(
    number: int = 0,
    *,
    body: bytes = HTML,
    headers: Headers = (("Content-Type", "text/html"),),
    status: int = 200,
    hops: tuple[Exchange, ...] = (),
) -> Exchange:
    return Exchange(
        url=f"https://www.npr.org/transcripts/{number}?a=1",
        requested_at=AT + timedelta(seconds=number),
        elapsed_seconds=0.1,
        request_headers=(("Host", "www.npr.org"), ("User-Agent", "asrun/0.1")),
        status=status,
        reason="OK",
        headers=headers,
        body=body,
        content=body,
        ip_address="127.0.0.1",
        hops=hops,
    )
