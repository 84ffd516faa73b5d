package io.flexir.scheduler.dispatch;

/**
 * What restored jobs were given less than they would have been in an idle fleet.
 *
 * @param jobs that were given less
 * @param decibels sum over those, by their models' calibrated PSNR
 * @param gigaMacs sum over those, that were not spent
 */
public record QualityDebt(long jobs, double decibels, double gigaMacs) {
    static final QualityDebt NONE = new QualityDebt(0, 0, 0);

    QualityDebt plus(double moreDecibels, double moreGigaMacs) {
        return new QualityDebt(jobs + 1, decibels + moreDecibels, gigaMacs + moreGigaMacs);
    }
}
