package io.flexir.ops.local.web;

import com.microsoft.playwright.Page;

/** The browser's decoding of photos, which a test may hold back. */
final class Decoding {
    /** No photo is decoded until it is told to go on. */
    private static final String HOLD =
            """
            () => {
              const decode = createImageBitmap;
              const told = new Promise((on) => { window.goOn = on; });
              window.createImageBitmap = (file) =>
                (window.decoded = told.then(() => decode(file)));
            }""";

    /** Goes on, and lets the page do what it does with the photo. */
    private static final String GO_ON =
            """
            async () => {
              goOn();
              await decoded;
              await new Promise((on) => setTimeout(on));
            }""";

    private Decoding() {}

    static void hold(Page page) {
        page.evaluate(HOLD);
    }

    static void goOn(Page page) {
        page.evaluate(GO_ON);
    }
}
