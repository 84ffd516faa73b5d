package io.flexir.worker.image;

import java.awt.color.ICC_Profile;

/** Embedded colour profiles. */
final class IccProfiles {
    /** Larger ones are not carried; printer profiles reach about 2 MiB. */
    static final int MAX_BYTES = 4 << 20;

    private IccProfiles() {}

    /** The profile where it is intact and describes pixels of so many channels, else no bytes. */
    static byte[] usable(byte[] profile, int channels) {
        if (profile.length == 0 || profile.length > MAX_BYTES) {
            return Envelope.ABSENT;
        }
        try {
            return ICC_Profile.getInstance(profile).getNumComponents() == channels
                    ? profile
                    : Envelope.ABSENT;
        } catch (RuntimeException damaged) {
            // The colour management throws several kinds; a picture without profile is still one.
            return Envelope.ABSENT;
        }
    }
}
