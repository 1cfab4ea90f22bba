"""A client of a Voicent gateway, written from the description of its protocol.

usage: client.py GATEWAY LIST.csv

It sends with requests where that is installed, else with http.client.
"""
import ast
import csv
import http.client
import io
import ntpath
import os
import sys
import time
import urllib.parse

try:
    if os.environ.get("CLIENT_PLAIN"):
        raise ImportError
    import requests
except ImportError:
    requests = None


def multipart(fields, files):
    """The body that requests would send: fields first, then files."""
    boundary = "0f6c1ab8e2d74c0f9b5e3c1d2a4f6e8b"
    parts = []
    for name, value in fields.items():
        parts.append('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, name, value))
    for name, (filename, content) in files.items():
        parts.append('--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n'
                     % (boundary, name, filename, content.decode()))
    parts.append("--%s--\r\n" % boundary)
    return "".join(parts).encode(), "multipart/form-data; boundary=" + boundary


class Gateway:
    def __init__(self, url):
        self.url = url

    def post(self, path, fields, files=None):
        if requests:
            return requests.post(self.url + path, fields, files=files).text
        body, kind = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        if files:
            body, kind = multipart(fields, files)
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.url).netloc)
        connection.request("POST", path, body, {"Content-Type": kind})
        return connection.getresponse().read().decode()

    def get(self, path):
        if requests:
            return requests.get(self.url + path).text
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.url).netloc)
        connection.request("GET", path)
        return connection.getresponse().read().decode()

    def call_text(self, phoneno, text, **more):
        fields = {"info": "simple text call", "phoneno": phoneno, "firstocc": 10, "txt": text, "selfdelete": 0}
        fields.update(more)
        reply = self.post("/ocall/callreqHandler.jsp", fields)
        return reply[reply.index("[ReqId=") + 7:].split("]")[0]

    def status(self, reqid):
        while True:
            reply = self.post("/ocall/callstatusHandler.jsp", {"reqid": reqid})
            for word in ("made", "failed", "retry"):
                if "^" + word + "^" in reply:
                    return word + " " + reply.split("^")[-6]
            time.sleep(0.02)

    def campaign(self, **fields):
        return ast.literal_eval(self.post("/ocall/campapi", fields))

    def import_list(self, name, path):
        fields = {"action": "import", "importfile": ntpath.basename(path), "importfilepath": path, "profile": "Test",
                  "mod": "cus", "fieldsep": ",", "row1": 1, "mergeopt": "empty", "leadsrcname": name}
        with open(path, "rb") as source:
            files = {"file": (ntpath.basename(path), source.read())}
        return ast.literal_eval(self.post("/ocall/campapi", fields, files))


def main():
    gateway = Gateway(sys.argv[1])
    print("call", gateway.status(gateway.call_text("+1 (617) 555-0142", "Hello & goodbye")))
    later = gateway.call_text("6175550143", "Later", schedule="t", calltime=5)
    print("remove", gateway.post("/ocall/callremoveHandler.jsp", {"reqid": later}))

    leads = gateway.import_list("Python", sys.argv[2])["leadsrc_id"]
    run = gateway.campaign(action="bbp", CAMP_NAME="Test", listname="Python", phonecols="Phone", lines="4", calldisps="",
                           callerid="+18884728568", msgtype="tts", msginfo="Hello")
    if run["status"] != "OK" or run["leadsrc_id"] != leads:
        raise SystemExit("run: %r" % run)
    stats = {}
    while stats.get("status") != "FINISHED":
        time.sleep(0.02)
        stats = gateway.campaign(action="campstats", camp_id=run["camp_id"])
    print("campaign", stats["campsize"], stats["made"], stats["failed"], stats["nophone"])
    reply = gateway.campaign(action="exportcamp", camp_id=run["camp_id"], f="webapps/ROOT/assets/global/python.csv", extracols="Name")
    rows = list(csv.DictReader(io.StringIO(gateway.get("/assets/global/python.csv"))))
    print("export", reply["status"], len(rows), rows[0]["Notes"])


main()
