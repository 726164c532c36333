/** Texts of patterns that came later: versions of content that sessions are still pinned to lack them. */
export const LATER_TEXTS = {
  'answer-late': {
    zh: '还没查到，结果一到就发给您，最晚 {{ untilAt | moment }}。别的事可以先说。',
    en: 'No answer yet. I send it once it is here, by {{ untilAt | moment }} at the latest. Ask me anything else meanwhile.',
  },
  'change-late': {
    zh: '已经提交，还没等到结果，不会重复办。最晚 {{ untilAt | moment }} 告诉您。',
    en: 'It is submitted, once, and the answer is not here yet. I tell you by {{ untilAt | moment }}.',
  },
  'still-late': {
    zh: '{{ dialog }}还没有结果，最晚 {{ untilAt | moment }} 告诉您。别的事可以先说。',
    en: 'Nothing yet on the {{ dialog }}. I tell you by {{ untilAt | moment }}; ask me anything else meanwhile.',
  },
  'answer-here': { zh: '{{ dialog }}有结果了。', en: 'There is news on the {{ dialog }}.' },
  'answer-ready': {
    zh: '{{ dialog }}有结果了，眼前这件说完就告诉您。',
    en: 'There is news on the {{ dialog }}. I tell you as soon as we are done here.',
  },
  'change-stopped': {
    zh: '{{ dialog }}先停下，不再提交。有没有已经办上，要同事核对后告诉您。',
    en: 'The {{ dialog }} is stopped and not submitted again. A colleague checks whether it went through and tells you.',
  },
  'change-under-way': {
    zh: '{{ dialog }}已经提交，等到结果才能重新来。要停下回"取消"。',
    en: 'The {{ dialog }} is submitted and can begin anew once there is an answer. To stop it say "cancel".',
  },
  'voice-heard': { zh: '我听到的是：{{ text }}', en: 'I heard: {{ text }}' },
  'voice-unheard': { zh: '语音我没听清。', en: 'I could not make out the voice message.' },
  'unfinished-elsewhere': {
    zh: '您在{{ channel }}上有一个未完成的{{ dialog }}，继续吗？',
    en: 'You have an unfinished {{ dialog }} in {{ channel }}. Shall we go on with it here?',
  },
  'left-elsewhere': { zh: '好，那边的给您留着。', en: 'All right, it stays as it is over there.' },
  'nothing-to-take': { zh: '那边已经没有办到一半的事了。', en: 'Nothing is left unfinished over there.' },
  'moved-away': {
    zh: '{{ dialog }}转到{{ channel }}接着办了。',
    en: 'The {{ dialog }} goes on in {{ channel }}.',
  },
  'did-you-say': { zh: '您的意思是“{{ words }}”吗？', en: 'Do you mean “{{ words }}”?' },
  'model-answer': {
    zh: '以下由智能助手根据资料整理：{{ answer }}（来源：{{ sources }}）',
    en: 'Put together by the AI assistant: {{ answer }} (source: {{ sources }})',
  },
  answer: {
    bubble: 'long',
    zh: '{{ answer }}\n来源：{{ source }}{% if areas != "" %}（适用于{{ areas }}）{% endif %}',
    en: '{{ answer }}\nSource: {{ source }}{% if areas != "" %} (for {{ areas }}){% endif %}',
  },
  'what-for': {
    zh: '您发的是{{ fact }}，记下了。要我帮您办哪一样？',
    en: 'You sent {{ fact }}, and I have noted it. What is it about?',
  },
  'take-your-time': {
    zh: '好的，不急，我在这儿等您。',
    en: 'Take your time; I am here.',
  },
  'kept-for-later': {
    zh: '没关系，先放这儿，您说过的都留着。方便了回"接着办"，从这一步继续。',
    en: 'No problem, it stays here with all you said. When you can, say "go on" and we take it up at this step.',
  },
  'cannot-answer': {
    zh: '这个我这儿没有资料，答不准；想知道，回"人工"问同事。',
    en: 'I have nothing reliable on that. To ask a colleague, say "human".',
  },
  'masked-alone': {
    zh: '这类号码不用发在这里，我已经遮住，没有保存。您要办什么事，直接说就行。',
    en: 'There is no need to send such a number here; it was masked and not kept. Just tell me what you need.',
  },
  'which-answer': { zh: '您想问的是哪一个？', en: 'Which of these do you want to know?' },
  'answered-concern': {
    zh: '要我接着帮您弄吗？想找同事，回"人工"就行。',
    en: 'Shall I go on with it? For a colleague, say "human".',
  },
  'process-renewed': {
    zh: '{{ dialog }}的办法刚更新，这边从头来一遍。{% if isKept %}您说过的大多还在，个别要再问一次。{% endif %}',
    en: 'The {{ dialog }} has just been renewed, so it begins again. {% if isKept %}Most of what you told me is kept, a few things I ask again.{% endif %}',
  },
  'process-gone': {
    zh: '{{ dialog }}的办法刚更新，接下来由同事帮您办。您说过的都在。',
    en: 'The {{ dialog }} has just been renewed; a colleague goes on with it. What you told me is kept.',
  },
  'promise-renewed': {
    bubble: 'long',
    zh: '单号 {{ order.number }} 说好{{ order.promiseAt | moment }} 前办好，没做到，是我们晚了，对不起。最晚{{ newAt | moment }} 前办好。',
    en: 'We promised {{ order.number }} by {{ order.promiseAt | moment }} and did not keep it. We are sorry. It will be done by {{ newAt | moment }}.',
  },
  'bot-stuck': {
    zh: '这件事我一直没帮您办成，对不起。您的话都留着。',
    en: 'I have not been able to help so far, sorry. All you said is kept.',
  },
  'order-paused': {
    bubble: 'long',
    zh: '单号 {{ order.number }} 先停了，登记的原因是：{{ reason }}。{% if isDisputable %}不是这样的话请回"进度"，可以提出异议。{% endif %}',
    en: '{{ order.number }} is on hold; the reason given: {{ reason }}. {% if isDisputable %}If that is not so, ask for the progress and dispute it.{% endif %}',
  },
  'order-resumed': {
    zh: '单号 {{ order.number }} 接着办了，{{ order.promiseAt | moment }} 前办好。',
    en: '{{ order.number }} goes on and will be done by {{ order.promiseAt | moment }}.',
  },
  'order-reopened': {
    zh: '单号 {{ order.number }} 重新打开了，{{ order.promiseAt | moment }} 前办好。',
    en: '{{ order.number }} is open again and will be done by {{ order.promiseAt | moment }}.',
  },
  'order-appointed': {
    zh: '单号 {{ order.number }} 约好{{ order.appointment | window }} 上门。',
    en: 'The visit for {{ order.number }} is agreed: {{ order.appointment | window }}.',
  },
  'order-reassigned': {
    zh: '单号 {{ order.number }} 换了师傅{% if order.technician %}，由{{ order.technician.name }}师傅上门{% endif %}。',
    en: '{{ order.number }} has another technician{% if order.technician %}: {{ order.technician.name }}{% endif %}.',
  },
  'order-arrived': {
    zh: '单号 {{ order.number }}，师傅到了。',
    en: '{{ order.number }}: the technician has arrived.',
  },
  'order-revisit': {
    bubble: 'long',
    zh: '单号 {{ order.number }} 这次没弄好：{{ reason }}。{% if order.appointment %}{{ order.appointment | window }} 再来{% else %}再次上门的时间约好就告诉您{% endif %}。',
    en: '{{ order.number }} is not done yet: {{ reason }}. {% if order.appointment %}Somebody comes again {{ order.appointment | window }}{% else %}You hear as soon as the next visit is agreed{% endif %}.',
  },
  'order-unconfirmed': {
    bubble: 'long',
    zh: '没等到您的回复，单号 {{ order.number }} 先结了。7 天内再出问题回我一声，原单重开。',
    en: 'We did not hear from you, so {{ order.number }} is closed for now. If it comes back within 7 days, tell me and it is opened again.',
  },
  'incident-confirmed': {
    bubble: 'long',
    zh: '您报的是片区故障：{{ cause }}，正在抢修，预计{{ expectedAt | moment }} 前恢复。恢复了我告诉您。',
    en: 'What you reported is an outage of your area. {{ cause }}. It should be over by {{ expectedAt | moment }}; I tell you when it is.',
  },
  'incident-updated': {
    bubble: 'long',
    zh: '您那片的故障还在抢修：{{ cause }}。新的预计恢复时间是{{ expectedAt | moment }}。恢复了我告诉您。',
    en: 'The outage in your area goes on. {{ cause }}. The new time is {{ expectedAt | moment }}; I tell you when it is over.',
  },
  'incident-recovered': {
    zh: '您那片的故障修好了。家里还不行的话，回我一声。',
    en: 'The outage in your area has been repaired. Tell me if it is not well at home.',
  },
  'fact-unknown': {
    zh: '您问的这一项，我手上没有现在有效的说法，不乱报给您。要准数请回"人工"，我请同事核实。',
    en: 'I have nothing on this that holds today, so I will not guess. Say "human" and a colleague looks it up.',
  },
  bulletin: {
    bubble: 'long',
    zh: '【紧急公告】{{ text }}',
    en: 'Emergency bulletin: {{ text }}',
  },
  'visit-tomorrow': {
    bubble: 'long',
    zh: '提醒您：单号 {{ order.number }}，{{ order.appointment | window }} 师傅上门。要改时间回"改约"。',
    en: 'A reminder of {{ order.number }}: the technician comes {{ order.appointment | window }}. To move it, say "change the visit".',
  },
  'order-answered': {
    bubble: 'long',
    zh: '单号 {{ order.number }} 的正式答复：{{ answer }}',
    en: 'The answer to {{ order.number }}: {{ answer }}',
  },
  'order-compensated': {
    bubble: 'long',
    zh: '单号 {{ order.number }} 没按说好的时间办完，是我们晚了，对不起。按规定为您减免 {{ yuan }} 元，已登记。',
    en: '{{ order.number }} was not done by the time we promised, and we are sorry. By our rules you get {{ yuan }} yuan back; it is registered.',
  },
  upset: {
    zh: '{% if isRepeated %}一次次出问题，换谁都会生气，对不起。{% else %}让您这么生气，对不起。{% endif %}',
    en: '{% if isRepeated %}Anyone would be angry when it happens again and again. We are sorry.{% else %}We are sorry that you are this upset.{% endif %}',
  },
  'upset-offer': {
    bubble: 'long',
    zh: '{% if order %}您的 {{ order.number }} 还在办。要我看看办到哪了，还是登记投诉？{% else %}是网、电视或电话又坏了，还是要登记投诉？{% endif %}别的事直接说就行。',
    en: '{% if order %}{{ order.number }} is still being worked on. Shall I look it up, or take a complaint?{% else %}Is something broken again, or shall I take a complaint?{% endif %} If it is something else, just tell me.',
  },
  'question-kept': {
    zh: '您问的我记着，结果一出来就回您。',
    en: 'I keep your question and come to it once I know.',
  },
  'kept-question': {
    bubble: 'long',
    zh: '您刚才问的“{{ words }}”：',
    en: 'About what you asked, “{{ words }}”:',
  },
  'drop-or-go-on': {
    zh: '{{ dialog }}先不办了，是吗？现在停下，您说过的都不会提交。',
    en: 'Shall I drop the {{ dialog }}? Nothing would be submitted.',
  },
  'shift-over': {
    zh: '接待您的同事下班了。{% if isStaffed %}您排在最前面，下一位同事看得到前面的话。{% else %}您的话都留着，也排在最前面。{% endif %}',
    en: 'Your agent has gone off duty. {% if isStaffed %}You are first in line, and the next one sees all you said.{% else %}All you said is kept, and you are first in line.{% endif %}',
  },
  'colleague-joined': {
    zh: '客服 {{ agent }} 也来一起看，前面说过的都看得到。',
    en: 'Agent {{ agent }} is here to help as well and can see all you said.',
  },
} as const;
