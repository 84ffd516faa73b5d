package io.flexir.ops.local.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

import java.util.Locale;

/** What the page is looked at on. */
enum Screen {
    LAPTOP_LIGHT(1366, 768, ColorScheme.LIGHT),
    LAPTOP_DARK(1366, 768, ColorScheme.DARK),
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Screen(int width, int height, ColorScheme scheme) {
        this.width = width;
        this.height = height;
        this.scheme = scheme;
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setHasTouch(width < 500)
                .setAcceptDownloads(true);
    }

    /** As it stands in the names of screenshots. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
