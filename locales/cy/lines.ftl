# Welsh: not checked by a native reader yet.

line-attend = Apwyntiadau sydd gennych eisoes
line-attend-pharmacy = Dod i mewn
attend-come = Dewch fel arfer
    .text = Dewch i'ch apwyntiad fel arfer.
attend-come_unless_contacted = Dewch oni bai ein bod ni'n cysylltu
    .text = Dewch i'ch apwyntiad oni bai ein bod ni'n cysylltu â chi.
attend-do_not_come = Peidiwch â dod
    .text = Peidiwch â dod i'ch apwyntiad. Byddwn ni'n cysylltu â chi i drefnu un newydd.
attend-come-pharmacy = Dewch fel arfer
    .text = Dewch i mewn fel arfer, ond disgwyliwch aros yn hirach.
attend-come_unless_contacted-pharmacy = Disgwyliwch aros
    .text = Dewch i mewn, ond disgwyliwch aros yn hirach nag arfer.
attend-do_not_come-pharmacy = Peidiwch â dod
    .text = Peidiwch â dod i mewn. Ewch i fferyllfa arall.

line-emergency_department = A&E (adran achosion brys)
emergency_department-normal = Fel arfer
    .text = Mae A&E ar agor.
emergency_department-delayed = Oedi
    .text = Mae A&E ar agor, ond efallai y byddwch yn aros yn hirach.
emergency_department-urgent_only = Argyfyngau yn unig
    .text = Mae A&E ar agor ar gyfer argyfyngau sy'n peryglu bywyd yn unig.
emergency_department-cancelled = Dim cleifion newydd
    .text = Nid yw A&E yn derbyn cleifion newydd.
emergency_department-closed = Ar gau
    .text = Mae A&E ar gau.

line-phones = Llinellau ffôn
phones-working = Yn gweithio
    .text = Gallwch ein ffonio.
phones-limited = Cyfyngedig
    .text = Ffoniwch ni ar fater brys yn unig. Mae ein llinellau'n brysur iawn.
phones-down = Ddim yn gweithio
    .text = Nid yw ein ffonau'n gweithio.

line-online_form = Ffurflen ar-lein
online_form-on = Ymlaen
    .text = Gallwch ddefnyddio ein ffurflen ar-lein.
online_form-off = I ffwrdd
    .text = Mae ein ffurflen ar-lein wedi'i diffodd.

line-booking = Apwyntiadau newydd
booking-normal = Fel arfer
    .text = Gallwch drefnu apwyntiadau fel arfer.
booking-urgent_only = Brys yn unig
    .text = Dim ond apwyntiadau brys y gallwn eu trefnu.
booking-paused = Wedi'u hatal dros dro
    .text = Ni allwn drefnu apwyntiadau newydd ar hyn o bryd.

line-prescriptions = Presgripsiynau
prescriptions-normal = Fel arfer
    .text = Mae presgripsiynau'n gweithio fel arfer.
prescriptions-urgent_on_paper = Brys ar bapur yn unig
    .text = Dim ond presgripsiynau brys y gallwn eu rhoi, a hynny ar bapur.
prescriptions-delayed = Oedi
    .text = Mae presgripsiynau'n cymryd yn hirach nag arfer.
prescriptions-order_only_if_needed = Dim ond os oes angen
    .text = Dim ond os yw eich meddyginiaeth bron â gorffen y dylech archebu presgripsiwn rheolaidd.

line-test_results = Canlyniadau profion
test_results-normal = Fel arfer
    .text = Gallwch gael canlyniadau profion fel arfer.
test_results-delayed = Oedi
    .text = Gall canlyniadau profion fod yn hwyr. Byddwn yn cysylltu â chi os oes un yn fater brys.
test_results-paused = Ddim ar gael am y tro
    .text = Ni allwn weld canlyniadau profion ar hyn o bryd. Byddwn yn cysylltu â chi os oes un yn fater brys.

line-check_in = Sgriniau cofrestru
check_in-normal = Fel arfer
    .text = Mae'r sgriniau cofrestru yn gweithio.
check_in-at_the_desk = Wrth y dderbynfa
    .text = Mae'r sgriniau cofrestru wedi'u diffodd. Dywedwch wrth y dderbynfa eich bod wedi cyrraedd.

line-records = Cofnodion iechyd
records-normal = Fel arfer
    .text = Gallwn weld eich cofnod iechyd.
records-on_paper = Ar bapur
    .text = Rydym yn defnyddio nodiadau papur. Dewch â rhestr o'ch meddyginiaethau a'ch alergeddau.

line-outpatients = Clinigau cleifion allanol
outpatients-normal = Fel arfer
    .text = Mae clinigau cleifion allanol yn cael eu cynnal.
outpatients-delayed = Oedi
    .text = Mae clinigau cleifion allanol yn rhedeg yn hwyr.
outpatients-urgent_only = Brys yn unig
    .text = Dim ond clinigau brys i gleifion allanol sy'n cael eu cynnal.
outpatients-cancelled = Wedi'u canslo
    .text = Mae clinigau cleifion allanol wedi'u canslo. Byddwn yn cysylltu â chi.
outpatients-closed = Ar gau
    .text = Mae'r clinigau cleifion allanol yma ar gau. Byddwn yn cysylltu â chi.

line-inpatients = Aros yn yr ysbyty
inpatients-normal = Fel arfer
    .text = Mae arosiadau yn yr ysbyty yn mynd yn eu blaen.
inpatients-delayed = Oedi
    .text = Gall arosiadau yn yr ysbyty ddechrau'n hwyr.
inpatients-urgent_only = Brys yn unig
    .text = Dim ond arosiadau brys yn yr ysbyty sy'n mynd yn eu blaen.
inpatients-cancelled = Wedi'i ganslo
    .text = Mae arosiadau yn yr ysbyty a drefnwyd ymlaen llaw wedi'u canslo. Byddwn yn cysylltu â chi.
inpatients-closed = Ar gau
    .text = Mae'r wardiau ar gau i gleifion newydd.

line-operations = Llawdriniaethau
operations-normal = Fel arfer
    .text = Mae llawdriniaethau'n mynd yn eu blaen.
operations-delayed = Oedi
    .text = Gall fod oedi gyda llawdriniaethau.
operations-urgent_only = Brys yn unig
    .text = Dim ond llawdriniaethau brys sy'n mynd yn eu blaen.
operations-cancelled = Wedi'u canslo
    .text = Mae llawdriniaethau a drefnwyd ymlaen llaw wedi'u canslo. Byddwn yn cysylltu â chi.
operations-closed = Ar gau
    .text = Mae'r theatrau llawdriniaeth ar gau. Byddwn yn cysylltu â chi.

line-scans = Sganiau a phelydr-X
scans-normal = Fel arfer
    .text = Mae sganiau a phelydr-X yn mynd yn eu blaen.
scans-delayed = Oedi
    .text = Gall fod oedi gyda sganiau a phelydr-X.
scans-urgent_only = Brys yn unig
    .text = Dim ond sganiau a phelydr-X brys sy'n mynd yn eu blaen.
scans-cancelled = Wedi'u canslo
    .text = Mae sganiau a phelydr-X wedi'u canslo. Byddwn yn cysylltu â chi.
scans-closed = Ar gau
    .text = Mae'r adran sganio ar gau. Byddwn yn cysylltu â chi.

line-blood_tests = Profion gwaed
blood_tests-normal = Fel arfer
    .text = Mae profion gwaed yn mynd yn eu blaen.
blood_tests-delayed = Oedi
    .text = Gall fod oedi gyda phrofion gwaed.
blood_tests-urgent_only = Brys yn unig
    .text = Dim ond profion gwaed brys sy'n mynd yn eu blaen.
blood_tests-cancelled = Wedi'u canslo
    .text = Mae profion gwaed arferol wedi'u canslo. Byddwn yn cysylltu â chi.
blood_tests-closed = Ar gau
    .text = Mae'r clinig profion gwaed ar gau. Byddwn yn cysylltu â chi.

line-radiotherapy = Radiotherapi
radiotherapy-normal = Fel arfer
    .text = Mae radiotherapi'n mynd yn ei flaen.
radiotherapy-delayed = Oedi
    .text = Gall fod oedi gyda radiotherapi.
radiotherapy-urgent_only = Brys yn unig
    .text = Dim ond radiotherapi brys sy'n mynd yn ei flaen.
radiotherapy-cancelled = Wedi'i ganslo
    .text = Mae radiotherapi wedi'i ganslo. Byddwn yn cysylltu â chi i roi amser newydd.
radiotherapy-closed = Ar gau
    .text = Mae'r adran radiotherapi ar gau. Byddwn yn cysylltu â chi.

line-maternity = Mamolaeth
maternity-normal = Fel arfer
    .text = Mae gwasanaethau mamolaeth ar agor.
maternity-delayed = Oedi
    .text = Mae gwasanaethau mamolaeth ar agor, ond efallai y byddwch yn aros yn hirach.
maternity-urgent_only = Brys yn unig
    .text = Mae gwasanaethau mamolaeth ar agor ar gyfer gofal brys yn unig.
maternity-cancelled = Wedi'u canslo
    .text = Mae apwyntiadau mamolaeth arferol wedi'u canslo. Byddwn yn cysylltu â chi.
maternity-closed = Ar gau
    .text = Mae'r uned famolaeth yma ar gau. Byddwn yn dweud wrthych ble i fynd.

line-dispensing = Paratoi eich meddyginiaethau
dispensing-normal = Fel arfer
    .text = Rydym yn paratoi meddyginiaethau fel arfer.
dispensing-delayed = Oedi
    .text = Mae meddyginiaethau'n cymryd yn hirach nag arfer.
dispensing-paused = Wedi'i atal dros dro
    .text = Ni allwn baratoi meddyginiaethau ar hyn o bryd.

line-collection = Casglu meddyginiaethau
collection-normal = Fel arfer
    .text = Gallwch gasglu meddyginiaethau fel arfer.
collection-delayed = Oedi
    .text = Disgwyliwch aros yn hirach wrth gasglu meddyginiaethau.
collection-paused = Wedi'i atal dros dro
    .text = Ni allwch gasglu meddyginiaethau ar hyn o bryd.

line-deliveries = Danfon meddyginiaethau
deliveries-normal = Fel arfer
    .text = Mae meddyginiaethau'n cael eu danfon fel arfer.
deliveries-delayed = Oedi
    .text = Mae meddyginiaethau'n cael eu danfon yn hwyr.
deliveries-paused = Wedi'i atal dros dro
    .text = Nid yw meddyginiaethau'n cael eu danfon am y tro.

line-nhs_111 = NHS 111
nhs_111-normal = Fel arfer
    .text = Mae NHS 111 yn gweithio fel arfer.
nhs_111-changed = Wedi newid
    .text = Mae NHS 111 wedi newid sut mae'n gweithio.

line-emergency_999 = 999
emergency_999-normal = Fel arfer
    .text = Mae 999 yn gweithio fel arfer.
emergency_999-changed = Wedi newid
    .text = Mae'r ffordd o ffonio 999 wedi newid.
