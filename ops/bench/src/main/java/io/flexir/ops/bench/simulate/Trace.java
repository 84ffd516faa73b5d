package io.flexir.ops.bench.simulate;

import io.flexir.ops.local.CannotStart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * When jobs come, and how large each is beside the others.
 *
 * @param seconds since the first, ascending
 * @param sizes relative, with a mean of 1
 */
public record Trace(double[] seconds, double[] sizes) {
    private static final double MOST_MILLIS = 366 * 86_400_000.0;
    private static final double MOST_SIZE = 1e12;
    private static final double LEAST_SIZE = 1e-9;

    /** As if arrivals at one moment took so long to come. */
    private static final double SHORTEST_SECONDS = 0.001;

    public Trace {
        if (seconds.length == 0 || seconds.length != sizes.length) {
            throw new IllegalArgumentException(
                    seconds.length + " times for " + sizes.length + " sizes");
        }
    }

    public int jobs() {
        return seconds.length;
    }

    /** Seconds over which they come, as one more would come after the mean time between two. */
    public double span() {
        double last = seconds[seconds.length - 1] - seconds[0];
        return jobs() == 1
                ? Math.max(1, last)
                : Math.max(SHORTEST_SECONDS, last * jobs() / (jobs() - 1.0));
    }

    /** The first of the arrivals. */
    public Trace first(int jobs) {
        int count = Math.min(jobs, jobs());
        return new Trace(
                Arrays.copyOf(seconds, count), Arrivals.normalized(Arrays.copyOf(sizes, count)));
    }

    /** The same arrivals, faster or slower. */
    public Trace stretched(double factor) {
        double[] times = new double[seconds.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = (seconds[i] - seconds[0]) * factor;
        }
        return new Trace(times, sizes);
    }

    /**
     * More arrivals of the same shape: each stands for several, spread over the time until the
     * next, which after the last is the mean of the others.
     */
    public Trace multiplied(int times, RandomGenerator random) {
        double meanGap = span() / jobs();
        double[][] rows = new double[jobs() * times][];
        for (int i = 0; i < rows.length; i++) {
            int from = i / times;
            double until = from + 1 < jobs() ? seconds[from + 1] : seconds[from] + meanGap;
            double share = i % times == 0 ? 0 : random.nextDouble();
            int size = i % times == 0 ? from : random.nextInt(jobs());
            rows[i] = new double[] {seconds[from] + share * (until - seconds[from]), sizes[size]};
        }
        return of(rows);
    }

    private static Trace of(double[][] rows) {
        Arrays.sort(rows, Comparator.comparingDouble(row -> row[0]));
        double[] seconds = Arrays.stream(rows).mapToDouble(row -> row[0] - rows[0][0]).toArray();
        double[] sizes = Arrays.stream(rows).mapToDouble(row -> row[1]).toArray();
        return new Trace(seconds, Arrivals.normalized(sizes));
    }

    /**
     * Reads lines of {@code offset_ms,size}; under a heading with these names also in another order
     * and among other columns.
     *
     * @throws CannotStart when there is no such file or a line is something else
     */
    public static Trace read(Path file) {
        try {
            List<String> lines =
                    Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
            boolean headed = !lines.isEmpty() && isHeading(lines.getFirst());
            Columns columns = headed ? Columns.of(lines.getFirst(), file) : new Columns(0, 1);
            double[][] rows =
                    lines.stream()
                            .skip(headed ? 1 : 0)
                            .map(line -> row(line, columns, file))
                            .toArray(double[][]::new);
            if (rows.length == 0) {
                throw new CannotStart(file + " holds no arrivals: lines are offset_ms,size");
            }
            return of(rows);
        } catch (IOException unreadable) {
            throw new CannotStart(
                    "cannot read " + file + ": is it there, is it a text file?", unreadable);
        }
    }

    private static boolean isHeading(String line) {
        return line.chars().anyMatch(Character::isLetter) && !line.matches("[-+0-9.eE,\\s]+");
    }

    private static double[] row(String line, Columns columns, Path file) {
        String[] cells = line.split(",", -1);
        if (cells.length <= Math.max(columns.offset, columns.size)) {
            throw new CannotStart(
                    file + " has the line \"" + line + "\": lines are offset_ms,size");
        }
        double millis = number(cells[columns.offset], line, file);
        double size = number(cells[columns.size], line, file);
        if (!(millis >= 0 && millis <= MOST_MILLIS && size >= 0 && size <= MOST_SIZE)) {
            throw new CannotStart(
                    file
                            + " has the line \""
                            + line
                            + "\": offset_ms must be 0 to a year, size 0 to 1e12");
        }
        return new double[] {millis / 1000, Math.max(LEAST_SIZE, size)};
    }

    private static double number(String cell, String line, Path file) {
        try {
            return Double.parseDouble(cell.trim());
        } catch (NumberFormatException noNumber) {
            throw new CannotStart(
                    file + " has the line \"" + line + "\": lines are offset_ms,size", noNumber);
        }
    }

    private record Columns(int offset, int size) {
        static Columns of(String heading, Path file) {
            List<String> names =
                    Arrays.stream(heading.split(",", -1))
                            .map(name -> name.trim().toLowerCase(Locale.ROOT))
                            .toList();
            return new Columns(place(names, "offset_ms", file), place(names, "size", file));
        }

        private static int place(List<String> names, String name, Path file) {
            if (!names.contains(name)) {
                throw new CannotStart(
                        file + " has no column " + name + ": its heading is " + names);
            }
            return names.indexOf(name);
        }
    }
}
