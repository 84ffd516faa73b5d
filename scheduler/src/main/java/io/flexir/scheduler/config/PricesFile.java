package io.flexir.scheduler.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.check.Require;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.costs.PriceList;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The file that says what things cost, as JSON. What is left out is free.
 *
 * @param currency three capital letters
 * @param workerHour by device class; {@code *} is any other
 */
record PricesFile(
        String currency,
        @Nullable Map<String, Double> workerHour,
        @Nullable Double gigaMac,
        @Nullable Double kilowattHour) {
    private static final int MAX_CLASSES = 100;
    private static final double MAX_PRICE = 1e9;

    private static final JsonMapper JSON =
            MessageCodec.newMapper()
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    PricesFile {
        Require.that(
                currency != null && currency.matches("[A-Z]{3}"),
                "currency",
                "must be three capital letters such as EUR, is " + currency);
        if (workerHour != null) {
            workerHour = Require.map("workerHour", workerHour, MAX_CLASSES);
            workerHour.forEach(
                    (device, price) ->
                            Require.between("workerHour." + device, price, 0, MAX_PRICE));
        }
        if (gigaMac != null) {
            Require.between("gigaMac", gigaMac, 0, MAX_PRICE);
        }
        if (kilowattHour != null) {
            Require.between("kilowattHour", kilowattHour, 0, MAX_PRICE);
        }
    }

    /**
     * @throws InvalidConfigException when it cannot be read, or says what it must not
     */
    static PriceList read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), PricesFile.class).prices();
        } catch (JacksonException wrong) {
            throw wrong(file, MessageCodec.explain(wrong));
        } catch (InvalidFieldException wrong) {
            throw wrong(file, wrong.field() + " " + wrong.problem());
        } catch (IOException unreadable) {
            throw wrong(file, "cannot be read: is it there, and may you read it?");
        }
    }

    private PriceList prices() {
        return new PriceList(
                currency,
                workerHour == null ? Map.of() : workerHour,
                gigaMac == null ? 0 : gigaMac,
                kilowattHour == null ? 0 : kilowattHour);
    }

    private static InvalidConfigException wrong(Path file, String problem) {
        return new InvalidConfigException(List.of("the price list " + file + ": " + problem));
    }
}
