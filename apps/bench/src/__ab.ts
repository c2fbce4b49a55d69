import { BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { Attributes } from "@opentelemetry/api";
import { CONSTANT, exception, repeating, unique } from "./redaction_subjects.ts";
const A = await import("/tmp/old_redactor.mjs" as string); const B = await import("/tmp/new_redactor.mjs" as string);
const tracer=new BasicTracerProvider().getTracer("x");
const spanOf=(a:Attributes,e?:Attributes)=>{const s=tracer.startSpan("nft.mint",{attributes:a});if(e)s.addEvent("exception",e);s.end();return s as unknown as ReadableSpan;};
const rec=(a:Attributes)=>JSON.parse(JSON.stringify(a)) as Attributes;
const r:Record<string,any>={old:A.createRedactor(),new:B.createRedactor()};
let sink=0;
const mk:Record<string,(i:number)=>ReadableSpan>={repeat:i=>spanOf(rec(repeating(i))),unique:i=>spanOf(rec(unique(i))),exc:i=>spanOf({a:1},exception(i)),same:()=>S};
const S=spanOf(CONSTANT);
const t:Record<string,number[]>={};
for(let round=0;round<60;round++)for(const k of Object.keys(mk)){for(const v of round%2?["old","new"]:["new","old"]){const list=Array.from({length:500},(_,i)=>mk[k]!(round*1000+i+(v==="old"?0:500)));const s=process.cpuUsage();for(const x of list)if(r[v].redactSpan(x))sink++;const u=process.cpuUsage(s);if(round>10)(t[k+" "+v]??=[]).push((u.user+u.system)/500);}}
for(const [k,l] of Object.entries(t).sort()){l.sort((a,b)=>a-b);console.log(k,l[Math.floor(l.length/4)]!.toFixed(2),l[Math.floor(l.length/2)]!.toFixed(2));}
