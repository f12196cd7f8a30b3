/** What is used of jstat, which brings no types. */
declare module 'jstat' {
  interface JStat {
    readonly studentt: {
      /** The quantile of Student's t distribution. */
      inv(probability: number, degreesOfFreedom: number): number
    }
  }
  const module: { readonly jStat: JStat }
  export default module
}
