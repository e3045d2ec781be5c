/** The two APIs over one directory. The older one lacks some parameters and fields. */
export type ApiVersion = '2020-03-31' | '2022-04-19';
