package dev.assay.run.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How results become JSON: records by their components, constants in lower case, absent parts left out, NaN as null and
 * the infinities as text. A list that is not there is empty, so that results of earlier versions can be read.
 */
final class ResultMapper {

    private ResultMapper() {}

    static ObjectMapper create() {
        SimpleModule module = new SimpleModule("assay");
        module.addSerializer(double.class, new RealWriter());
        module.addSerializer(Double.class, new RealWriter());
        module.addSerializer(double[].class, new RealsWriter());
        module.addDeserializer(double.class, new RealReader());
        module.addDeserializer(double[].class, new RealsReader());
        module.addSerializer(rawEnum(), new ConstantWriter());
        return JsonMapper.builder()
                .addModule(module)
                .withConfigOverride(
                        List.class, o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .build();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Class<Enum<?>> rawEnum() {
        return (Class) Enum.class;
    }

    /** Writes a number; JSON knows neither NaN nor infinities. */
    static void writeReal(JsonGenerator out, double value) throws IOException {
        if (Double.isNaN(value)) {
            out.writeNull();
        } else if (Double.isInfinite(value)) {
            out.writeString(value > 0 ? "Infinity" : "-Infinity");
        } else {
            out.writeNumber(value);
        }
    }

    /** Reads what {@link #writeReal} writes from the current token. */
    static double readReal(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NULL -> Double.NaN;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_STRING -> infinity(in);
            default -> throw notANumber(in);
        };
    }

    private static double infinity(JsonParser in) throws IOException {
        return switch (in.getText()) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> throw notANumber(in);
        };
    }

    private static IOException notANumber(JsonParser in) throws IOException {
        return new com.fasterxml.jackson.core.JsonParseException(in, "a number was expected, not " + in.getText());
    }

    private static final class RealWriter extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            writeReal(out, value);
        }
    }

    private static final class RealsWriter extends JsonSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray(values, values.length);
            for (double value : values) {
                writeReal(out, value);
            }
            out.writeEndArray();
        }
    }

    private static final class ConstantWriter extends JsonSerializer<Enum<?>> {
        @Override
        public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static final class RealReader extends JsonDeserializer<Double> {
        @Override
        public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return readReal(in);
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    private static final class RealsReader extends JsonDeserializer<double[]> {
        @Override
        public double[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw notANumber(in);
            }
            double[] values = new double[16];
            int n = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (n == values.length) {
                    values = Arrays.copyOf(values, n * 2);
                }
                values[n++] = readReal(in);
            }
            return Arrays.copyOf(values, n);
        }
    }
}
