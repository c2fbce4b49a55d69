/**
 * traced(), @tracedMethod() and @tracedClass(): spans around functions and methods, in both decorator forms.
 *
 * @module
 */
export {};
