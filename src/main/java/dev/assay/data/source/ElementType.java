package dev.assay.data.source;

import java.nio.ByteBuffer;

/** Types of stored values. Each is turned into float32, rounded to nearest where it does not fit. */
public enum ElementType {
    /** Unsigned byte. */
    U8("uint8", 1) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.get(at + i) & 0xFF;
            }
        }
    },
    /** Signed byte. */
    I8("int8", 1) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.get(at + i);
            }
        }
    },
    /** One byte, 0 or 1. */
    BOOL("bool", 1) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.get(at + i) == 0 ? 0f : 1f;
            }
        }
    },
    /** Signed 16 bits. */
    I16("int16", 2) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.getShort(at + 2 * i);
            }
        }
    },
    /** Unsigned 16 bits. */
    U16("uint16", 2) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.getShort(at + 2 * i) & 0xFFFF;
            }
        }
    },
    /** Signed 32 bits. */
    I32("int32", 4) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.getInt(at + 4 * i);
            }
        }
    },
    /** Unsigned 32 bits. */
    U32("uint32", 4) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.getInt(at + 4 * i) & 0xFFFF_FFFFL;
            }
        }
    },
    /** Signed 64 bits. */
    I64("int64", 8) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.getLong(at + 8 * i);
            }
        }
    },
    /** Unsigned 64 bits. */
    U64("uint64", 8) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                long value = raw.getLong(at + 8 * i);
                // halved with the lost bit kept for rounding where the sign bit is in use
                out[outAt + i] = value >= 0 ? value : (float) (value >>> 1 | value & 1) * 2f;
            }
        }
    },
    /** IEEE half precision. */
    F16("float16", 2) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = Float.float16ToFloat(raw.getShort(at + 2 * i));
            }
        }
    },
    /** IEEE single precision. */
    F32("float32", 4) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = raw.getFloat(at + 4 * i);
            }
        }
    },
    /** IEEE double precision. */
    F64("float64", 8) {
        @Override
        public void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = (float) raw.getDouble(at + 8 * i);
            }
        }
    };

    private final String title;
    private final int bytes;

    ElementType(String title, int bytes) {
        this.title = title;
        this.bytes = bytes;
    }

    /** Name for the user, e.g. {@code uint8}. */
    public String title() {
        return title;
    }

    /** Bytes of a value. */
    public int bytes() {
        return bytes;
    }

    /** Whether values are fractions, so that they cannot be class indices as they stand. */
    public boolean real() {
        return this == F16 || this == F32 || this == F64;
    }

    /**
     * Turns stored values into float32.
     *
     * @param raw with the byte order of the file
     * @param at position of the first byte
     * @param out where they go
     * @param outAt index of the first
     * @param count number of values
     */
    public abstract void toFloats(ByteBuffer raw, int at, float[] out, int outAt, int count);

    /**
     * One stored value as an integer (an unsigned one over 2^63 comes out negative).
     *
     * @throws ArithmeticException when it is no whole number
     */
    public long toLong(ByteBuffer raw, int at) {
        return switch (this) {
            case U8 -> raw.get(at) & 0xFF;
            case I8 -> raw.get(at);
            case BOOL -> raw.get(at) == 0 ? 0 : 1;
            case I16 -> raw.getShort(at);
            case U16 -> raw.getShort(at) & 0xFFFF;
            case I32 -> raw.getInt(at);
            case U32 -> raw.getInt(at) & 0xFFFF_FFFFL;
            case I64, U64 -> raw.getLong(at);
            case F16 -> whole(Float.float16ToFloat(raw.getShort(at)));
            case F32 -> whole(raw.getFloat(at));
            case F64 -> whole(raw.getDouble(at));
        };
    }

    private static long whole(double value) {
        long whole = (long) value;
        if (whole != value) {
            throw new ArithmeticException(value + " is no whole number");
        }
        return whole;
    }
}
