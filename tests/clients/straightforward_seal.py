"""Packs and checks the files of a sealed bundle with Python's own zipfile and hashlib.

Usage: straightforward_seal.py BUNDLE.zip
Reads the files out of the bundle (not timed), writes them to a new ZIP with a list of SHA-256 sums, then reads that ZIP
and checks the sums. Prints MB/s as JSON.
"""

import hashlib
import json
import os
import sys
import tempfile
import time
import zipfile

with zipfile.ZipFile(sys.argv[1]) as bundle:
    files = {name: bundle.read(name) for name in bundle.namelist() if name.startswith(("data/", "files/"))}
megabytes = sum(len(it) for it in files.values()) / 1_000_000

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "peer.zip")
    begun = time.perf_counter()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        sums = {}
        for name, content in files.items():
            sums[name] = hashlib.sha256(content).hexdigest()
            packed.writestr(name, content)
        packed.writestr("SHA256SUMS", "".join(f"{it}  {name}\n" for name, it in sums.items()))
    sealing = time.perf_counter() - begun
    begun = time.perf_counter()
    with zipfile.ZipFile(path) as packed:
        for line in packed.read("SHA256SUMS").decode().splitlines():
            it, name = line.split("  ", 1)
            assert hashlib.sha256(packed.read(name)).hexdigest() == it, name
    verifying = time.perf_counter() - begun

print(json.dumps({"seal_mb_s": megabytes / sealing, "verify_mb_s": megabytes / verifying, "verify_s": verifying}))
