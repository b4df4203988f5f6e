"""A small JSON-RPC client, speaking as Odoo's own web client does."""

import itertools

import requests


class RpcError(Exception):
    """The server's answer was an error; ``name`` is the exception's class there."""

    def __init__(self, error: dict):
        data = error.get("data", {})
        self.name = data.get("name", "")
        self.debug = data.get("debug", "")
        super().__init__(data.get("message") or error.get("message"))


class Client:
    """One logged-in session on one server."""

    def __init__(self, url: str, database: str, timeout: float = 60):
        self.url, self.database, self.timeout = url, database, timeout
        self.http = requests.Session()
        self.uid = None
        self._ids = itertools.count(1)

    def authenticate(self, login: str = "admin", password: str = "admin") -> "Client":
        answer = self.post(
            "/web/session/authenticate",
            {"db": self.database, "login": login, "password": password},
        )
        self.uid = answer["uid"]
        return self

    def call_kw(self, model: str, method: str, *args, **kwargs):
        parameters = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def create(self, model: str, values: list[dict]) -> list[int]:
        return self.call_kw(model, "create", values)

    def read(self, model: str, domain: list, fields: list[str], **kwargs) -> list[dict]:
        return self.call_kw(model, "search_read", domain, fields, **kwargs)

    def post(self, path: str, parameters: dict):
        body = {"jsonrpc": "2.0", "id": next(self._ids), "method": "call"}
        answer = self.http.post(
            self.url + path, json=body | {"params": parameters}, timeout=self.timeout
        )
        answer.raise_for_status()
        content = answer.json()
        if "error" in content:
            raise RpcError(content["error"])
        return content.get("result")
