# The binary is built with Rust and Node (Node only for the style sheet's npm
# package), and runs alone on a small image, as a user without rights.
FROM node:20-bookworm-slim AS node

FROM rust:1.95-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
COPY . .
# The caches live outside the image; the binary is copied out of one of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    --mount=type=cache,target=/root/.npm \
    cargo build --locked --release && cp target/release/signpost /signpost

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/signpost --create-home --shell /usr/sbin/nologin signpost
COPY --from=build /signpost /usr/local/bin/signpost
USER signpost
WORKDIR /var/lib/signpost
# For SQLite alone: the database and the key file. With Postgres nothing is kept here.
VOLUME /var/lib/signpost
ENV SIGNPOST_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD curl --fail --silent --output /dev/null http://127.0.0.1:8080/health/live
ENTRYPOINT ["signpost"]
CMD ["serve"]
