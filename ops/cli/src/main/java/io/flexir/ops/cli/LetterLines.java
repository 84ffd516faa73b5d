package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.FleetLetter;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Prints dead letters: a table or some lines for people, or JSON for scripts. */
final class LetterLines {
    private static final JsonMapper JSON = MessageCodec.newMapper();
    private static final int REASON = 80;
    private static final int SHOWN_BYTES = 4096;

    @Option(names = "--json", description = "Print each as one line of JSON.")
    private boolean json;

    void printAll(PrintWriter out, List<FleetLetter> letters) {
        if (json) {
            letters.forEach(letter -> out.println(json(letter)));
        } else {
            table(letters).forEach(out::println);
        }
        out.flush();
    }

    void print(PrintWriter out, FleetLetter letter) {
        if (json) {
            out.println(json(letter));
        } else {
            out.println("letter  " + letter.id() + "  set aside " + letter.at());
            out.println("record  " + where(letter) + ", " + size(letter) + " bytes");
            out.println("key     " + orNone(letter.key()));
            out.println("type    " + orNone(letter.type()));
            out.println("reason  " + letter.reason());
            out.println();
            out.println(content(letter.data()));
        }
        out.flush();
    }

    void print(PrintWriter out, FleetLetter.Replay replay) {
        out.println(
                json
                        ? json(replay)
                        : replay.letter()
                                + "  "
                                + (replay.written()
                                        ? "written to " + replay.topic()
                                        : "known already, nothing written")
                                + ", job "
                                + replay.jobId());
        out.flush();
    }

    private static List<String> table(List<FleetLetter> letters) {
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("letter", Side.LEFT),
                                new Column("set aside", Side.LEFT),
                                new Column("record", Side.LEFT),
                                new Column("bytes", Side.RIGHT),
                                new Column("reason", Side.LEFT)));
        letters.forEach(
                letter ->
                        table.add(
                                List.of(
                                        letter.id(),
                                        letter.at().toString(),
                                        where(letter),
                                        size(letter),
                                        shortened(letter.reason()))));
        return table.lines();
    }

    private static String where(FleetLetter letter) {
        return letter.topic() + "/" + letter.partition() + "/" + letter.offset();
    }

    private static String size(FleetLetter letter) {
        return letter.whole() ? Integer.toString(letter.size()) : letter.size() + " (cut)";
    }

    private static String shortened(String reason) {
        return reason.length() <= REASON ? reason : reason.substring(0, REASON - 3) + "...";
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "-" : text;
    }

    /** As text where it is some: a terminal obeys what else it is given. */
    static String content(byte @Nullable [] data) {
        byte[] bytes = data == null ? new byte[0] : data;
        int shown = Math.min(bytes.length, SHOWN_BYTES);
        String start = readable(bytes, shown);
        return bytes.length <= shown
                ? start
                : start + "\n... " + (bytes.length - shown) + " more bytes; --out writes them all";
    }

    private static String readable(byte[] bytes, int shown) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean plain = text.chars().noneMatch(LetterLines::isControl);
            return plain ? text.substring(0, Math.min(text.length(), shown)) : hex(bytes, shown);
        } catch (CharacterCodingException noText) {
            return hex(bytes, shown);
        }
    }

    private static boolean isControl(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\t';
    }

    private static String hex(byte[] bytes, int shown) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a letter cannot be written as JSON", e);
        }
    }
}
