"""Write the snapshot of the OpenAPI document anew: `python tools/openapi.py`, or `make openapi`."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from app.main import create_app
from app.settings import Settings

SNAPSHOT = Path(__file__).resolve().parent.parent / "tests/fixtures/openapi.json"


def main() -> None:
    with TemporaryDirectory() as folder:
        settings = Settings(
            database_url=f"sqlite:///{folder}/none.db", data_dir=Path(folder), base_url="http://tracker.example"
        )
        app = create_app(settings)
        document = app.openapi()
        app.state.database.dispose()
    document["info"]["version"] = "snapshot"
    SNAPSHOT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
