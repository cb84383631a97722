# docker build -t tracker . && docker run -p 8000:8000 -v tracker-data:/data tracker
FROM python:3.11-slim

ENV PATH=/srv/tracker/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    UV_PYTHON_DOWNLOADS=never \
    UV_LINK_MODE=copy \
    TRACKER_DATA_DIR=/data
WORKDIR /srv/tracker

RUN pip install --no-cache-dir "uv>=0.13.9,<0.14"

# Packages change less often than the code: their layer is kept.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project --compile-bytecode --no-cache

COPY app app
COPY templates templates
COPY migrations migrations
COPY docs docs
RUN uv sync --frozen --no-dev --compile-bytecode --no-cache

RUN useradd --system --uid 10001 --no-create-home tracker \
    && install --directory --owner=tracker --mode=0750 /data
USER tracker
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

# `migrate` backs up first and does nothing when there is nothing to do; exec hands the signals of Docker to the server.
CMD ["sh", "-c", "tracker migrate && exec tracker serve --host 0.0.0.0 --port 8000"]
