package io.flexir.scheduler.web;

import io.vertx.ext.web.Router;

import java.util.Map;

/**
 * Serves the API's description at {@code /v1/openapi.yaml}, and a page that renders it at {@code
 * /reference}, to everybody: they say what every copy of this software says.
 */
public final class ReferencePage {
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.34.1/";

    /** What is rendered has styles of its own; nobody but this server is asked for anything. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, WebFile> files =
            Map.of(
                    "/v1/openapi.yaml", WebFile.read("/openapi.yaml"),
                    "/reference", WebFile.read("/reference/index.html"),
                    "/reference/start.js", WebFile.read("/reference/start.js"),
                    "/reference/swagger-ui.js", WebFile.read(SWAGGER + "swagger-ui-bundle.js"),
                    "/reference/swagger-ui.css", WebFile.read(SWAGGER + "swagger-ui.css"));

    /** Adds the page to a router that may have routes for everything already. */
    public void addTo(Router router) {
        files.forEach(
                (path, file) -> StaticFile.route(router, path, file, CONTENT_SECURITY_POLICY));
    }
}
