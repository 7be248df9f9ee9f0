package dev.assay.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ElementTypeTest {

    private static float read(ElementType type, ByteBuffer raw) {
        float[] out = new float[3];
        type.toFloats(raw, 0, out, 1, 1);
        return out[1];
    }

    @Property(tries = 200)
    void integersAreRoundedToFloat32(@ForAll long value, @ForAll boolean bigEndian) {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer raw = ByteBuffer.allocate(8).order(order);
        assertThat(read(ElementType.I64, raw.putLong(0, value))).isEqualTo((float) value);
        assertThat(read(ElementType.U64, raw))
                .isEqualTo(new BigInteger(Long.toUnsignedString(value)).floatValue());
        assertThat(read(ElementType.I32, raw.putInt(0, (int) value))).isEqualTo((float) (int) value);
        assertThat(read(ElementType.U32, raw)).isEqualTo((float) ((int) value & 0xFFFF_FFFFL));
        assertThat(read(ElementType.I16, raw.putShort(0, (short) value))).isEqualTo((float) (short) value);
        assertThat(read(ElementType.U16, raw)).isEqualTo((float) ((short) value & 0xFFFF));
        assertThat(read(ElementType.I8, raw.put(0, (byte) value))).isEqualTo((float) (byte) value);
        assertThat(read(ElementType.U8, raw)).isEqualTo((float) ((byte) value & 0xFF));
        assertThat(read(ElementType.BOOL, raw)).isEqualTo((byte) value == 0 ? 0f : 1f);
    }

    @Property(tries = 200)
    void fractionsAreRoundedToFloat32(@ForAll double value, @ForAll short half) {
        ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(read(ElementType.F64, raw.putDouble(0, value))).isEqualTo((float) value);
        assertThat(read(ElementType.F32, raw.putFloat(0, (float) value))).isEqualTo((float) value);
        assertThat(Float.compare(read(ElementType.F16, raw.putShort(0, half)), Float.float16ToFloat(half))).isZero();
    }

    @Property(tries = 100)
    void onlyWholeNumbersAreClasses(@ForAll int value) {
        ByteBuffer raw = ByteBuffer.allocate(8);
        assertThat(ElementType.F64.toLong(raw.putDouble(0, value), 0)).isEqualTo(value);
        raw.putDouble(0, value + 0.5);
        assertThatThrownBy(() -> ElementType.F64.toLong(raw, 0)).isInstanceOf(ArithmeticException.class);
        raw.putDouble(0, Double.NaN);
        assertThatThrownBy(() -> ElementType.F64.toLong(raw, 0)).isInstanceOf(ArithmeticException.class);
    }
}
