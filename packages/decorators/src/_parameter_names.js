const CLOSERS = { "(": ")", "[": "]", "{": "}" };
/**
 * Reads the parameters of a function from its source text.
 *
 * @param fn Any function.
 * @returns Its parameters; empty when the source is not to be had (a bound or built-in function) or not understood.
 */
export function parameterNames(fn) {
    const source = withoutComments(Function.prototype.toString.call(fn));
    const single = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source)?.[1];
    if (single !== undefined)
        return [{ name: single, rest: false }];
    const list = parameterList(source);
    return list === undefined ? [] : splitTopLevel(list).map(parameter);
}
function parameter(text) {
    const name = /^(\.\.\.)?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:=|$)/u.exec(text.trim());
    return { name: name?.[2], rest: text.trimStart().startsWith("...") };
}
/** The text between the first parentheses that are not inside a computed method name. */
function parameterList(source) {
    let at = 0;
    while (at < source.length && source[at] !== "(")
        at = source[at] === "[" ? skip(source, at) : at + 1;
    const end = skip(source, at);
    const closed = at < source.length && source[end - 1] === ")";
    return closed ? source.slice(at + 1, end - 1) : undefined;
}
function splitTopLevel(list) {
    const parts = [];
    let start = 0;
    for (let at = 0; at < list.length;) {
        if (list[at] === ",") {
            parts.push(list.slice(start, at));
            start = at + 1;
        }
        at = skip(list, at);
    }
    parts.push(list.slice(start));
    return parts.filter((part) => part.trim() !== "");
}
/** The position after the bracket, string or single character that begins here. */
function skip(text, at) {
    const first = text[at] ?? "";
    if (first === '"' || first === "'" || first === "`")
        return skipString(text, at, first);
    const closer = CLOSERS[first];
    if (closer === undefined)
        return at + 1;
    let next = at + 1;
    while (next < text.length && text[next] !== closer)
        next = skip(text, next);
    return next + 1;
}
function skipString(text, at, quote) {
    let next = at + 1;
    while (next < text.length && text[next] !== quote)
        next += text[next] === "\\" ? 2 : 1;
    return next + 1;
}
function withoutComments(source) {
    // Strings are matched as well, so that what looks like a comment inside one stays.
    const pattern = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
    return source.replace(pattern, (match) => (match.startsWith("/") ? " " : match));
}
