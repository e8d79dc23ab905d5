# The fakes in a container: docker build -t mock-suite .
ARG NODE=22.20.0-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /opt/mock-suite
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY contracts contracts
COPY scenarios scenarios
COPY mocks mocks
COPY bin bin
# Here and not elsewhere: what V8 keeps of the program is for this Node on this processor.
RUN node bin/build.mjs --program && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:${NODE}
LABEL org.opencontainers.image.title="mock-suite" \
      org.opencontainers.image.description="Faithful fakes of everything the signal service talks to" \
      org.opencontainers.image.version="0.1.0"
ENV NODE_ENV=production
COPY --from=build /opt/mock-suite/package.json /opt/mock-suite/package.json
COPY --from=build /opt/mock-suite/node_modules /opt/mock-suite/node_modules
COPY --from=build /opt/mock-suite/scenarios /opt/mock-suite/scenarios
COPY --from=build /opt/mock-suite/dist /opt/mock-suite/dist
# Nothing is there by itself: a configuration, scenarios or a world of yours are mounted here.
WORKDIR /project
# A number, so that Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 8070 8085 8086 8087 8088 8091 8092 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=20s --retries=3 CMD ["node", "/opt/mock-suite/dist/bin/mock-suite.js", "wait", "--timeout", "3s"]
ENTRYPOINT ["node", "/opt/mock-suite/dist/bin/mock-suite.js"]
CMD ["start-all", "--host", "0.0.0.0"]
