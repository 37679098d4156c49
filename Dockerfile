# Two images from one build: `yoriai`, and `standin` for trying it out.
#
#   docker build --target yoriai --tag yoriai .

FROM rust:1.95-bookworm AS build
RUN rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
# The caches stay on the building machine, so the results have to leave them in the same step.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    --mount=type=cache,target=/cache,id=yoriai-wasm \
    YORIAI_CACHE=/cache cargo bundle \
    && cargo build --release --locked --package server --package standin \
    && install -D --target-directory=/out target/release/yoriai target/release/standin

FROM debian:bookworm-slim AS base
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /srv/yoriai yoriai \
    # A named volume takes its first owner from the folder it is mounted on.
    && install -d --owner=yoriai --group=yoriai /keys
USER yoriai
WORKDIR /srv/yoriai
ENTRYPOINT ["tini", "--"]

FROM base AS standin
COPY --from=build /out/standin /usr/local/bin/
CMD ["standin", "--help"]

FROM base AS yoriai
COPY --from=build /out/yoriai /usr/local/bin/
COPY --from=build /src/frontend/dist frontend/dist
COPY --from=build /src/backend/server/towns towns
ENV LISTEN=0.0.0.0:8080 ASSETS_DIR=/srv/yoriai/frontend/dist
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/healthz"]
CMD ["yoriai", "serve"]
