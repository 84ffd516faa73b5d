package io.flexir.worker.image;

/**
 * Unsigned whole-number samples in one array, as compact as their depth allows. Not synchronized:
 * threads may write disjoint indices.
 */
sealed interface Samples permits Samples.Bytes, Samples.Shorts {
    static Samples allocate(int bits, int length) {
        return switch (bits) {
            case 8 -> new Bytes(new byte[length]);
            case 16 -> new Shorts(new short[length]);
            default -> throw new IllegalArgumentException("depth must be 8 or 16, is " + bits);
        };
    }

    /** 8 or 16. */
    int bits();

    /** Largest sample: 255 or 65535. */
    int max();

    int get(int index);

    void set(int index, int value);

    /** Takes all samples of another picture of the same depth, to index {@code to} and on. */
    void copyFrom(Samples from, int to);

    /** The same picture in 8 bits, rounded to nearest; this, where it has 8 already. */
    Bytes toBytes();

    record Bytes(byte[] array) implements Samples {
        @Override
        public int bits() {
            return 8;
        }

        @Override
        public int max() {
            return 0xFF;
        }

        @Override
        public int get(int index) {
            return array[index] & 0xFF;
        }

        @Override
        public void set(int index, int value) {
            array[index] = (byte) value;
        }

        @Override
        public void copyFrom(Samples from, int to) {
            byte[] other = ((Bytes) from).array;
            System.arraycopy(other, 0, array, to, other.length);
        }

        @Override
        public Bytes toBytes() {
            return this;
        }
    }

    record Shorts(short[] array) implements Samples {
        @Override
        public int bits() {
            return 16;
        }

        @Override
        public int max() {
            return 0xFFFF;
        }

        @Override
        public int get(int index) {
            return array[index] & 0xFFFF;
        }

        @Override
        public void set(int index, int value) {
            array[index] = (short) value;
        }

        @Override
        public void copyFrom(Samples from, int to) {
            short[] other = ((Shorts) from).array;
            System.arraycopy(other, 0, array, to, other.length);
        }

        @Override
        public Bytes toBytes() {
            byte[] bytes = new byte[array.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ((get(i) + 128) / 257);
            }
            return new Bytes(bytes);
        }
    }
}
