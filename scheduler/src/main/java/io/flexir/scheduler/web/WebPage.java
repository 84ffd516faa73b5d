package io.flexir.scheduler.web;

import io.vertx.ext.web.Router;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Serves the page at {@code /} and its files under {@code /web/}, to everybody: they say nothing of
 * any tenant, and what the page shows it asks the API for with the key that is typed in. All files
 * are in memory from the start.
 */
public final class WebPage {
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final Map<String, WebFile> files = new TreeMap<>();
    private final String contentSecurityPolicy;

    /**
     * @param store where presigned addresses lead: images are shown from there, and large ones
     *     uploaded to it
     */
    public WebPage(URI store) {
        WebFiles.NAMES.forEach(name -> files.put("/web/" + name, WebFile.read("/web/" + name)));
        files.put("/", WebFile.read("/web/index.html"));
        files.put("/web/vendor/uplot.js", WebFile.read(CHARTS + "uPlot.esm.js"));
        files.put("/web/vendor/uplot.css", WebFile.read(CHARTS + "uPlot.min.css"));
        this.contentSecurityPolicy = policy(originOf(store));
    }

    /** Adds the page to a router that may have routes for everything already. */
    public void addTo(Router router) {
        files.forEach((path, file) -> StaticFile.route(router, path, file, contentSecurityPolicy));
    }

    /** Nothing but the page's own scripts runs, and nothing is asked of anybody but the store. */
    private static String policy(String store) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: "
                + store
                + "; connect-src 'self' "
                + store
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String originOf(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port;
    }
}
