# syntax=docker/dockerfile:1
# The server, for any role: docker build -t livecomments --build-arg VERSION=1.2.3 .
# Data lies in /data; everything else may be read-only.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The build context has no git history to take the version from.
ARG VERSION=0.1.0-alpha.0
# amd64 or arm64: what the image is for. What is published for one of them is compiled for it.
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish src/Silo --configuration Release --arch $TARGETARCH --output /app -p:MinVerVersionOverride=$VERSION
RUN mkdir /data

# No shell, no package manager, and a user without rights; the libraries that the server uses were measured with this libc.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
# The default path of the database is data/comments.db: here /data/comments.db.
WORKDIR /
VOLUME /data
# 11111 and 30000 are for the other nodes of a cluster alone.
EXPOSE 8080 11111 30000
# There is no HEALTHCHECK: the image has no program that could ask. Ask /health/live and /health/ready from outside.
ENTRYPOINT ["dotnet", "/app/LiveComments.Silo.dll"]
