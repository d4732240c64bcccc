/**
 * Word banks of the sample library. Nobody in them is real; places, parties and firms are made up or as general as "the
 * council".
 */

export const sections = [
  'World',
  'Home',
  'Politics',
  'Business',
  'Sport',
  'Culture',
  'Science',
  'Health',
  'Environment',
  'Opinion'
] as const

export const english = {
  places: [
    'Ashbourne',
    'Brackwater',
    'Calverton',
    'Dunmere',
    'Eastholm',
    'Farrowgate',
    'Glenhaven',
    'Harrowick',
    'Inverlay',
    'Kestrel Bay',
    'Larkhill',
    'Marlow Sands',
    'Northcote',
    'Oakhampton',
    'Port Selwyn',
    'Quarrington',
    'Redmarsh',
    'Saltburn',
    'Thornby',
    'Upper Wickham',
    'Vellance',
    'Westerleigh',
    'Yarrowdale',
    'Zennor'
  ],
  given:
    'Amal Bridget Carlos Dalia Edmund Farah Grace Hamid Ingrid Jonas Keiko Leila Marcus Nadia Omar Priya Quentin Rosa Samuel Tariq Una Viktor Wanjiru Ximena Yusuf Zofia'.split(
      ' '
    ),
  family: (
    'Adeyemi Barlow Castellano Drummond Eriksen Fontaine Gallagher Haddad Ivanova Jensen Kowalski Lindqvist Moreau Nakamura Okafor Petrov Quiroga Rahman Sorensen Takahashi Usman Varga ' +
    'Whitfield Xu Yamada Zielinski'
  ).split(' '),
  roles: [
    'the mayor',
    'the chief engineer',
    'a spokeswoman for the regulator',
    'the leader of the opposition',
    'the union’s general secretary',
    'a professor of public law',
    'the harbour master',
    'the head teacher',
    'the club’s captain',
    'the company’s chief executive',
    'a farmer in the valley',
    'the curator of the exhibition',
    'the minister for transport',
    'the hospital’s medical director'
  ],
  bodies: [
    'the city council',
    'the transport ministry',
    'the port authority',
    'the teachers’ union',
    'the regional hospital',
    'the central bank',
    'the electoral commission',
    'the water company',
    'the appeal court',
    'the football association',
    'the national archive',
    'the weather service',
    'the food safety agency',
    'the harbour board',
    'the planning inspectorate',
    'the orchestra',
    'the coastguard'
  ],
  subjects: [
    'bridge',
    'ferry service',
    'school budget',
    'flood barrier',
    'railway timetable',
    'vaccination campaign',
    'power station',
    'fishing quota',
    'museum extension',
    'trade agreement',
    'water tariff',
    'election register',
    'housing plan',
    'bus network',
    'wind farm',
    'reservoir',
    'airport terminal',
    'pension reform',
    'stadium lease',
    'archive of letters',
    'drought order',
    'satellite launch',
    'border crossing',
    'market hall',
    'data law',
    'cycling route',
    'night train',
    'grain harvest',
    'theatre season',
    'sea wall'
  ],
  verbs: [
    'approved',
    'delayed',
    'rejected',
    'reopened',
    'defended',
    'questioned',
    'suspended',
    'welcomed',
    'postponed',
    'announced',
    'criticised',
    'published',
    'inspected',
    'scrapped',
    'revised',
    'launched'
  ],
  clauses: [
    'after months of negotiation',
    'despite objections from residents',
    'in a vote that went on past midnight',
    'for the second time in a year',
    'as the costs continued to rise',
    'while engineers inspected the foundations',
    'following a report by independent auditors',
    'before the summer recess',
    'amid warnings of further storms',
    'without setting a new date',
    'on condition that the accounts are published',
    'according to documents seen by this newspaper',
    'pending an appeal',
    'with immediate effect',
    'under pressure from investors'
  ],
  openings: [
    'On Monday',
    'On Tuesday',
    'On Wednesday',
    'On Thursday',
    'On Friday',
    'Late on Saturday',
    'Last month',
    'In a statement',
    'At a crowded public meeting',
    'Behind closed doors',
    'By early evening',
    'In the first three months of the year',
    'Two weeks earlier',
    'Since the spring',
    'For the first time in a decade'
  ],
  said: ['said', 'told reporters', 'added', 'warned', 'explained', 'insisted', 'acknowledged', 'wrote in a letter'],
  quotes: [
    'We were promised an answer and we are still waiting for it',
    'Nobody expected the repairs to take this long',
    'The figures speak for themselves',
    'This is a good day for the whole region',
    'We will read every page before we sign anything',
    'It was the only responsible thing to do',
    'People here remember the last time',
    'There is no plan that pleases everyone',
    'The work will be finished before winter',
    'We have asked for an independent review',
    'That is not what was agreed',
    'Someone has to pay for it in the end'
  ],
  facts: [
    'The scheme is expected to cost {n} million over {m} years',
    'About {n} people live within sight of it',
    'Turnout was {m} per cent, lower than four years ago',
    'A previous attempt failed by {m} votes',
    'More than {n} letters were received during the consultation',
    'Traffic has fallen by {m} per cent since then',
    'The company employs {n} people in the district',
    'Rainfall was {m} per cent above the average',
    'The next hearing is set for day {m} of the session',
    'Shares closed {m} per cent lower',
    'Some {n} pupils are affected',
    'The report runs to {n} pages'
  ],
  headings: [
    'What happens next',
    'How it came to this',
    'The numbers',
    'A long dispute',
    'Reactions',
    'Who pays',
    'Questions remain',
    'The view from the street',
    'A second opinion',
    'Background'
  ],
  kickers: ['Analysis', 'Live', 'Exclusive', 'Interview', 'Explainer', 'Report', '', '', '', '']
} as const

export const arabic = {
  places: [
    'الميناء القديم',
    'حي الزيتون',
    'وادي النخيل',
    'ضاحية الفنار',
    'بلدة السواقي',
    'مدينة المرفأ',
    'قرية العين',
    'حي الجسر'
  ],
  people: [
    'أمل حداد',
    'سامي الراوي',
    'ليلى نصّار',
    'كريم الخطيب',
    'هدى المصري',
    'يوسف العلي',
    'نور الدين صالح',
    'مريم الشامي'
  ],
  bodies: [
    'مجلس المدينة',
    'وزارة النقل',
    'هيئة الموانئ',
    'نقابة المعلمين',
    'المستشفى الإقليمي',
    'المصرف المركزي',
    'لجنة الانتخابات',
    'شركة المياه',
    'محكمة الاستئناف',
    'هيئة الأرصاد'
  ],
  subjects: [
    'الجسر الجديد',
    'خط العبّارات',
    'ميزانية المدارس',
    'حاجز الفيضان',
    'جدول القطارات',
    'حملة التلقيح',
    'محطة الكهرباء',
    'توسعة المتحف',
    'الاتفاق التجاري',
    'خطة الإسكان',
    'مزرعة الرياح',
    'السوق القديمة'
  ],
  verbs: ['أقرّ', 'أجّل', 'رفض', 'أعلن', 'علّق', 'راجع', 'ناقش', 'أطلق'],
  clauses: [
    'بعد أشهر من المفاوضات',
    'رغم اعتراض السكان',
    'للمرة الثانية خلال عام',
    'مع استمرار ارتفاع التكاليف',
    'وفق تقرير مستقل',
    'قبل العطلة الصيفية',
    'وسط تحذيرات من عواصف جديدة',
    'من دون تحديد موعد جديد'
  ],
  quotes: [
    'وُعدنا بإجابة وما زلنا ننتظرها',
    'الأرقام تتحدث عن نفسها',
    'هذا يوم جيد للمنطقة كلها',
    'لم يتوقع أحد أن يطول الإصلاح',
    'سنقرأ كل صفحة قبل أن نوقّع'
  ],
  facts: [
    'ومن المتوقع أن تبلغ الكلفة {n} مليوناً خلال {m} سنوات',
    'ويعيش نحو {n} شخص بالقرب منه',
    'وتراجعت الحركة بنسبة {m} في المئة منذ ذلك الحين',
    'ووصلت أكثر من {n} رسالة خلال المشاورات'
  ],
  headings: ['ماذا بعد', 'كيف وصلنا إلى هنا', 'الأرقام', 'ردود الفعل', 'أسئلة باقية']
} as const

export const chinese = {
  places: ['临江市', '青石县', '海湾新区', '北岭镇', '东湖区', '白沙港', '云溪村', '南桥'],
  people: ['陈晓雨', '李文博', '王思远', '赵明慧', '周海燕', '吴建国', '林若兰', '何志强'],
  bodies: [
    '市议会',
    '交通部',
    '港务局',
    '教师工会',
    '地区医院',
    '中央银行',
    '选举委员会',
    '供水公司',
    '上诉法院',
    '气象局'
  ],
  subjects: [
    '新大桥',
    '轮渡航线',
    '学校预算',
    '防洪堤',
    '列车时刻表',
    '疫苗接种计划',
    '发电站',
    '博物馆扩建工程',
    '贸易协定',
    '住房规划',
    '风电场',
    '老市场'
  ],
  verbs: ['批准了', '推迟了', '否决了', '公布了', '暂停了', '修改了', '讨论了', '启动了'],
  clauses: [
    '经过数月谈判',
    '尽管居民反对',
    '在一年内第二次',
    '由于成本持续上升',
    '根据独立审计报告',
    '在夏季休会之前',
    '在更多风暴预警之下',
    '但没有确定新的日期'
  ],
  quotes: [
    '我们得到过承诺，现在仍在等待答复',
    '数字说明了一切',
    '今天对整个地区来说是个好日子',
    '没有人想到维修会持续这么久'
  ],
  facts: [
    '预计耗资{n}万元，历时{m}年',
    '附近居住着约{n}人',
    '此后客流量下降了百分之{m}',
    '征求意见期间收到{n}多封来信'
  ],
  headings: ['下一步', '来龙去脉', '数据', '各方反应', '仍待回答的问题']
} as const

export const japanese = {
  places: ['青浜市', '北山町', '港南区', '白川村', '東原市', '松ヶ浦', '緑台', '南橋町'],
  people: ['佐々木健', '中村さくら', '高橋直人', '小林美咲', '渡辺浩', '山田かおり', '伊藤誠', '加藤ゆり'],
  bodies: [
    '市議会',
    '国土交通省',
    '港湾局',
    '教職員組合',
    '県立病院',
    '中央銀行',
    '選挙管理委員会',
    '水道会社',
    '高等裁判所',
    '気象台'
  ],
  subjects: [
    '新しい橋',
    'フェリー航路',
    '学校予算',
    '防潮堤',
    '列車ダイヤ',
    '予防接種計画',
    '発電所',
    '博物館の増築',
    '貿易協定',
    '住宅計画',
    '風力発電所',
    '古い市場'
  ],
  verbs: ['承認した', '延期した', '否決した', '発表した', '中断した', '見直した', '議論した', '始めた'],
  clauses: [
    '数か月の交渉の末に',
    '住民の反対にもかかわらず',
    '一年で二度目に',
    '費用が増え続けるなか',
    '独立監査の報告を受けて',
    '夏の休会を前に',
    '新たな嵐の警報が出るなか',
    '新しい日程を決めないまま'
  ],
  quotes: [
    '約束された答えをまだ待っています',
    '数字がすべてを語っている',
    '地域全体にとって良い日だ',
    '修理がこれほど長引くとは誰も思わなかった'
  ],
  facts: [
    '費用は{m}年間で{n}万円に上る見込みだ',
    '周辺には約{n}人が暮らしている',
    'その後、交通量は{m}パーセント減った',
    '意見募集には{n}通を超える手紙が寄せられた'
  ],
  headings: ['今後の見通し', 'ここまでの経緯', '数字で見る', '反応', '残る疑問']
} as const
