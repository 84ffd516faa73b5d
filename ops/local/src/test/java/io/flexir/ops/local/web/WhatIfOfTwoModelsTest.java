package io.flexir.ops.local.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What another depth would have been worth where one model restored more images than another. */
@Tag("full")
class WhatIfOfTwoModelsTest {
    private static final String BLIND = "denoise-color-blind-s";
    private static final int OF_THE_DENOISER = 1;
    private static final int OF_THE_BLIND = 3;
    private static final double DECIBELS = 0.0051;

    @Test
    void its_psnr_is_the_mean_over_images_and_not_over_models() {
        try (Chromium browser = Chromium.start();
                Site site = Site.start()) {
            byte[] image = NoisyPhoto.of("city", 96, 64).png();
            List<Job> jobs = new ArrayList<>();
            jobs.add(submit(site, image, Site.DENOISER, 5));
            for (int job = 0; job < OF_THE_BLIND; job++) {
                jobs.add(submit(site, image, BLIND, 1));
            }
            jobs.forEach(job -> site.client().follow(job.id(), change -> {}));
            Page page = browser.page(Screen.LAPTOP_LIGHT);
            site.open(page, "/quality");
            page.locator(".frontier svg").waitFor();

            page.locator("#what-if").fill("2");

            assertThat(shown(page, "was"))
                    .isCloseTo(
                            mean(psnr(site, Site.DENOISER, 5), psnr(site, BLIND, 1)),
                            within(DECIBELS));
            assertThat(shown(page, "would"))
                    .isCloseTo(
                            mean(psnr(site, Site.DENOISER, 2), psnr(site, BLIND, 2)),
                            within(DECIBELS));
        }
    }

    private static double mean(double denoiser, double blind) {
        return (OF_THE_DENOISER * denoiser + OF_THE_BLIND * blind)
                / (OF_THE_DENOISER + OF_THE_BLIND);
    }

    private static Job submit(Site site, byte[] image, String model, int pointer) {
        return site.client()
                .submit(Submission.of(site.client().input(image), model, new Depth.Fixed(pointer)));
    }

    private static double psnr(Site site, String model, int pointer) {
        return site.model(model).path("pointers").get(pointer - 1).path("psnr").asDouble();
    }

    private static double shown(Page page, String side) {
        return Shown.number(page.locator("[data-unit=psnr] [data-side=" + side + "]").innerText());
    }
}
