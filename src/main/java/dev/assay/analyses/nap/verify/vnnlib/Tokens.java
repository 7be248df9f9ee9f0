package dev.assay.analyses.nap.verify.vnnlib;

import dev.assay.analysis.InputException;

/** Splits VNN-LIB text into parentheses and words, and knows where it stands. */
final class Tokens {

    private final String text;
    private final String where;
    private int at;
    private int line = 1;
    private int lineStart;
    private int tokenLine;
    private int tokenColumn;
    private String token;

    Tokens(String text, String where) {
        this.text = text;
        this.where = where;
        advance();
    }

    /** The token at hand, or null at the end. */
    String peek() {
        return token;
    }

    /** Takes the token at hand. */
    String next() throws InputException {
        if (token == null) {
            throw error("the file ends inside an expression");
        }
        String taken = token;
        advance();
        return taken;
    }

    /** Takes a token that must be there. */
    void expect(String wanted) throws InputException {
        if (!wanted.equals(token)) {
            throw error("'" + wanted + "' is missing before " + (token == null ? "the end" : "'" + token + "'"));
        }
        advance();
    }

    /** A problem at the token at hand. */
    InputException error(String what) {
        return new InputException(
                what + " (line " + tokenLine + ", column " + tokenColumn + ")",
                where,
                "Assay reads declare-const, assert, and, or, <= and >= over X_i, Y_i and numbers");
    }

    private void advance() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == '\n') {
                at++;
                line++;
                lineStart = at;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                break;
            }
        }
        tokenLine = line;
        tokenColumn = at - lineStart + 1;
        if (at == text.length()) {
            token = null;
            return;
        }
        int from = at;
        if (text.charAt(at) == '(' || text.charAt(at) == ')') {
            at++;
        } else {
            while (at < text.length() && " \t\r\n();".indexOf(text.charAt(at)) < 0) {
                at++;
            }
        }
        token = text.substring(from, at);
    }
}
