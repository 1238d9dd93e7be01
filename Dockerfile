# Build: docker build -t hearback .
# Try:   docker run --rm --read-only -v hearback-demo:/var/lib/hearback hearback demo --no-serve
# Run:   see docker-compose.yml

# The compiler is pinned, so that the same sources give the same program. The two systems are pinned to their release and
# no closer: building again is how their security fixes come in.
FROM rust:1.95.0-slim-bookworm AS build
WORKDIR /src

# First the libraries alone, over empty sources: this layer is built again only when Cargo.toml or Cargo.lock changes.
# The manifest also names tests and benches: Cargo asks for their files only where it is told to build them.
COPY .cargo .cargo
COPY Cargo.toml Cargo.lock ./
COPY migrations/Cargo.toml migrations/
RUN mkdir -p src migrations/src \
    && touch src/lib.rs migrations/src/lib.rs \
    && echo 'fn main() {}' > src/main.rs \
    && cargo build --release --locked

# Then hearback itself. Files keep the times they have outside, which are older than the empty ones that were just built,
# so Cargo has to be told that they are new. Templates, assets and the sample go into the binary.
# Of `migrations` only the sources: its manifest is there.
COPY migrations/src migrations/src
COPY src src
COPY templates templates
COPY assets assets
COPY sample sample
RUN find src migrations/src -name '*.rs' -exec touch {} + \
    && cargo build --release --locked --bin hearback \
    && strip target/release/hearback

FROM debian:bookworm-slim

# A number rather than a name, so that `runAsNonRoot` can be checked from outside. It owns the data folder and nothing else.
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /var/lib/hearback --shell /usr/sbin/nologin hearback \
    && install -d -o hearback -g hearback -m 0700 /var/lib/hearback
# Mail servers and databases are trusted by these.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /src/target/release/hearback /usr/local/bin/hearback

USER 10001:10001
# The only place that hearback writes to; the rest of the image may be read-only. The defaults (data/hearback.db,
# data/hearback.key, hearback.toml) are taken from here.
WORKDIR /var/lib/hearback
VOLUME /var/lib/hearback

# Inside a container, loopback cannot be reached from outside.
ENV HEARBACK_LISTEN=0.0.0.0:8080
EXPOSE 8080

# `serve` stops on this one: it takes nothing new, finishes what is in flight, and is gone within 30 s. Docker waits 10 s
# unless it is told otherwise: `docker stop -t 40`, or stop_grace_period in a compose file.
STOPSIGNAL SIGTERM
# No HEALTHCHECK here, since the image also runs commands that end: a service asks `hearback health`, as the compose file does.
ENTRYPOINT ["hearback"]
CMD ["serve"]
